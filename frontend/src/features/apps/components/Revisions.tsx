import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { formatBytes } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { stringify } from 'yaml';
import { type AppDetail, type Revision, revisionsQuery } from '../api';
import { type Change, changesOf } from '../model/changes';
import { useAppActs } from './useAppActs';

/** What it ran from one deployment to the next, each with what it changed; an old one is deployed anew. */
export function Revisions({ app }: { app: AppDetail }) {
  const { t } = useTranslation('apps');
  const { rollBack } = useAppActs(app.project_id);
  const { data, error, refetch } = useQuery(revisionsQuery(app));
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const before = (revision: Revision) => data.find((one) => one.number === revision.number - 1);
  return (
    <Table<Revision>
      size="small"
      rowKey="number"
      dataSource={data}
      pagination={data.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      expandable={{
        defaultExpandedRowKeys: data.slice(0, 1).map(({ number }) => number),
        expandedRowRender: (revision) => <Changed revision={revision} before={before(revision)} />,
      }}
      columns={[
        {
          title: t('columns.revision'),
          render: (_, revision) => (
            <Flex gap={8} align="center">
              {t('number', { number: revision.number })}
              {revision.number === app.serving_revision ? <Tag color="success">{t('serves')}</Tag> : null}
              {revision.number === app.revision && app.revision !== app.serving_revision ? (
                <Tag>{t('wanted')}</Tag>
              ) : null}
              {revision.rolled_back_to ? <Tag>{t('rolledBack', { number: revision.rolled_back_to })}</Tag> : null}
            </Flex>
          ),
        },
        { title: t('form.note'), dataIndex: 'note' },
        { title: t('columns.owner'), render: (_, revision) => revision.deployed_by.name },
        { title: t('columns.created'), render: (_, revision) => <RelativeTime at={revision.created_at} /> },
        {
          title: <span className="visually-hidden">{t('rollBack')}</span>,
          render: (_, revision) =>
            can(app, 'apps.deploy') && revision.number !== app.revision ? (
              <Button size="small" onClick={() => rollBack(app, revision.number)}>
                {t('rollBack')}
                <span className="visually-hidden"> {revision.number}</span>
              </Button>
            ) : null,
        },
      ]}
    />
  );
}

/** What its replicas are given; another size tells that a file of the same name is another. */
function Files({ revision: { files }, before }: { revision: Revision; before: Revision | undefined }) {
  const { t, i18n } = useTranslation('apps');
  const old = new Map(before?.files.map(({ path, size_bytes }) => [path, size_bytes]));
  const total = files.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  return (
    <details>
      <summary>{t('filesOf', { count: files.length, size: formatBytes(total, i18n.language) })}</summary>
      <ul className="mono">
        {files.map(({ path, size_bytes }) => (
          <li key={path}>
            {path} <span className="muted">{formatBytes(size_bytes, i18n.language)}</span>{' '}
            {before && old.get(path) !== size_bytes ? <Tag>{t('newFile')}</Tag> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

const shown = (value: unknown, none: string) =>
  value === undefined ? none : typeof value === 'string' ? value : JSON.stringify(value);

function Changed({ revision, before }: { revision: Revision; before: Revision | undefined }) {
  const { t } = useTranslation('apps');
  const changes = before ? changesOf(before.spec, revision.spec) : [];
  return (
    <Flex vertical gap={8}>
      {revision.secrets.length > 0 ? (
        <span>
          {t('secretsOf', { secrets: revision.secrets.map(({ name, version }) => `${name} (${version})`).join(', ') })}
        </span>
      ) : null}
      {revision.files.length > 0 ? <Files revision={revision} before={before} /> : null}
      {changes.length === 0 ? (
        <span className="muted">{before ? t('same') : t('first')}</span>
      ) : (
        <Table<Change>
          size="small"
          rowKey="at"
          pagination={false}
          dataSource={changes}
          columns={[
            { title: t('changed.at'), render: (_, { at }) => <code className="mono">{at}</code> },
            {
              title: t('changed.before'),
              render: (_, change) => <code className="mono">{shown(change.before, t('changed.none'))}</code>,
            },
            {
              title: t('changed.after'),
              render: (_, change) => <code className="mono">{shown(change.after, t('changed.none'))}</code>,
            },
          ]}
        />
      )}
      <details>
        <summary>{t('whole')}</summary>
        <pre className="mono code-block">{stringify(revision.spec)}</pre>
      </details>
    </Flex>
  );
}
