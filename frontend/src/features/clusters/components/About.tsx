import type { Cluster } from '@shared/api/clusters';
import { ExactTime } from '@shared/components/values';
import { Descriptions, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Admission } from './Admission';
import { Entry } from './Entry';

export function About({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const pairs = (record: Record<string, unknown>) =>
    Object.keys(record).length === 0
      ? '—'
      : Object.entries(record).map(([name, value]) => (
          <Tag key={name}>{`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`}</Tag>
        ));
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      styles={{ label: { width: 180 } }}
      items={[
        { key: 'slug', label: t('slug'), children: <code className="mono">{cluster.slug}</code> },
        { key: 'zone', label: t('zone'), children: cluster.zone || '—' },
        ...(cluster.connection
          ? [
              {
                key: 'server',
                label: t('server'),
                children: <code className="mono">{cluster.connection.server}</code>,
              },
              {
                key: 'credential',
                label: t('credential'),
                children: (
                  <>
                    {t(`auths.${cluster.connection.auth}`)} ·{' '}
                    {cluster.connection.expires_at ? (
                      <>
                        {t('expires')} <ExactTime at={cluster.connection.expires_at} />
                      </>
                    ) : (
                      t('expiresUnsaid')
                    )}
                  </>
                ),
              },
            ]
          : []),
        ...(cluster.kind === 'kubernetes'
          ? [
              { key: 'admission', label: t('admission'), children: <Admission cluster={cluster} /> },
              { key: 'entry', label: t('entry'), children: <Entry cluster={cluster} /> },
            ]
          : []),
        { key: 'labels', label: t('labels'), children: pairs(cluster.labels) },
        { key: 'versions', label: t('versions'), children: pairs(cluster.versions) },
        { key: 'capabilities', label: t('capabilities'), children: pairs(cluster.capabilities) },
        { key: 'created', label: t('created'), children: <ExactTime at={cluster.created_at} /> },
        { key: 'id', label: t('id'), children: <code className="mono">{cluster.id}</code> },
      ]}
    />
  );
}
