import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { failureOf, type Operation, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { RelativeTime } from '@shared/components/values';
import { Button, Flex, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Drifted = NonNullable<Cluster['drifted']>[number];
type OnDrift = NonNullable<Cluster['on_drift']>;

/** What somebody else changed in the namespaces of projects, and what becomes of it. */
export function Drift({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const [asked, setAsked] = useState('');
  const operation = useOperation(asked);
  const compare = useAct<boolean, Operation>({
    act: (repair) => http.post<Operation>(`/clusters/${cluster.id}/drift/`, { repair }),
    onDone: ({ id }) => setAsked(id),
  });
  const choose = useAct<OnDrift>({
    act: (on_drift) => http.patch(`/clusters/${cluster.id}/`, { on_drift }, { etag: etagOf(cluster) }),
    done: t('driftChosen'),
    changes: [['clusters']],
  });
  const waiting = compare.isPending || operation?.state === 'pending';
  const mayManage = can(cluster, 'clusters.manage');
  const drifted = cluster.drifted ?? [];
  const failure = failureOf(operation);
  return (
    <section aria-label={t('drift')} style={{ marginTop: 24 }}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
        <span>
          <strong>{t('drift')}</strong>{' '}
          <span className="muted">
            {t('driftCompared')} <RelativeTime at={cluster.compared_at} none={t('neverSeen')} />
          </span>
        </span>
        {mayManage && cluster.on_drift ? (
          <Flex gap={8}>
            <Select<OnDrift>
              aria-label={t('onDrift')}
              value={cluster.on_drift}
              loading={choose.isPending}
              disabled={choose.isPending}
              onChange={(chosen) => choose.mutate(chosen)}
              options={(['repair', 'leave'] as const).map((value) => ({ value, label: t(`onDrifts.${value}`) }))}
              style={{ width: 210 }}
            />
            <Button loading={waiting} onClick={() => compare.mutate(false)}>
              {t('driftCompare')}
            </Button>
            {drifted.some((one) => !one.repaired) ? (
              <Button type="primary" disabled={waiting} onClick={() => compare.mutate(true)}>
                {t('driftRepair')}
              </Button>
            ) : null}
          </Flex>
        ) : null}
      </Flex>
      {failure ? <ErrorPanel brief error={failure} /> : null}
      {drifted.length === 0 ? <span className="muted">{t('driftNone')}</span> : null}
      <ul className="findings">
        {drifted.map((one) => (
          <Changed key={`${one.namespace}/${one.kind}/${one.name}`} drifted={one} />
        ))}
      </ul>
    </section>
  );
}

function Changed({ drifted }: { drifted: Drifted }) {
  const { t } = useTranslation('clusters');
  return (
    <li>
      <span className="mono">
        {drifted.kind} {drifted.namespace ? `${drifted.namespace}/` : ''}
        {drifted.name}
      </span>{' '}
      {drifted.repaired ? <Tag>{t('driftRepaired')}</Tag> : null}
      {drifted.by.length > 0 ? <span className="muted">{t('driftBy', { names: drifted.by.join(', ') })}</span> : null}
      <ul className="evidence mono">
        {drifted.changes.map((change) =>
          change.path ? (
            <li key={change.path}>
              {change.path}: <del>{change.there || '—'}</del> → <ins>{change.wanted || '—'}</ins>
            </li>
          ) : (
            <li key="missing">{t('driftMissing')}</li>
          ),
        )}
      </ul>
    </li>
  );
}
