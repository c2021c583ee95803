import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusIcon } from '@shared/components/StatusTag';
import { useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Lineage as Graph, lineageQuery, type Version } from '../api';
import { placed, SIZE } from './placed';

type Node = Graph['nodes'][number];

/** Jobs and versions that it comes from on the left, those that read it and were made of it on the right. */
export function Lineage({ version }: { version: Version }) {
  const { t } = useTranslation('datasets');
  const { data, error, refetch } = useQuery(lineageQuery(version));
  if (error) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const { at, width, height } = placed(data.nodes);
  return (
    <section aria-label={t('lineage')}>
      <h3>{t('lineage')}</h3>
      {data.edges.length === 0 ? (
        <p className="muted">{t('noLineage')}</p>
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <div style={{ position: 'relative', width, height }}>
            <svg width={width} height={height} aria-hidden="true" style={{ position: 'absolute', inset: 0 }}>
              {data.edges.map(({ origin, target }) => {
                const [from, to] = [at[origin], at[target]];
                if (!from || !to) return null;
                const [x, y] = [from.x + SIZE.width, from.y + SIZE.height / 2];
                const [u, v] = [to.x, to.y + SIZE.height / 2];
                const middle = (x + u) / 2;
                return (
                  <path
                    key={`${origin}${target}`}
                    d={`M${x} ${y}C${middle} ${y} ${middle} ${v} ${u} ${v}`}
                    fill="none"
                    stroke="currentColor"
                    opacity="0.4"
                  />
                );
              })}
            </svg>
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {data.nodes.map((node) => (
                <li
                  key={node.id}
                  style={{
                    position: 'absolute',
                    left: at[node.id]?.x,
                    top: at[node.id]?.y,
                    ...SIZE,
                    display: 'flex',
                    alignItems: 'center',
                    gap: 6,
                    overflow: 'hidden',
                    whiteSpace: 'nowrap',
                    fontWeight: node.id === version.id ? 600 : 400,
                  }}
                >
                  <StatusIcon status={node.phase === 'copying' ? 'running' : node.phase} />
                  <Name node={node} />
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {data.more && <p className="muted">{t('lineageMore')}</p>}
    </section>
  );
}

function Name({ node }: { node: Node }) {
  const { t } = useTranslation('datasets');
  const { tenant, project } = useProject();
  const params = { tenant: tenant.slug, project: project.slug };
  if (node.kind === 'job')
    return (
      <Link to="/t/$tenant/p/$project/jobs/$job" params={{ ...params, job: node.id }} title={node.name}>
        {t('nodeJob', { name: node.name })}
      </Link>
    );
  return (
    <Link
      to="/t/$tenant/p/$project/datasets/$dataset"
      params={{ ...params, dataset: node.dataset_id ?? '' }}
      search={{ version: node.number }}
      title={node.name}
    >
      {t('nodeVersion', { name: node.name, number: node.number })}
    </Link>
  );
}
