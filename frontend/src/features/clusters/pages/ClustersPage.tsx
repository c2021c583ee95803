import { type Cluster, clustersQuery } from '@shared/api/clusters';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { Amounts } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClustersView } from '../api';
import { ClusterHealth } from '../components/ClusterHealth';
import { Register } from '../components/Register';

const HEALTHS = ['healthy', 'degraded', 'down', 'unknown'] as const;
const KINDS = ['local', 'kubernetes'] as const;

export function ClustersPage() {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const key = useKey();
  const place = usePlace();
  const [view, setView] = useView<ClustersView>();
  const options = clustersQuery(view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Cluster>(options.queryKey, { tenant: 'platform', kinds: ['cluster'] });
  const [adding, setAdding] = useState(false);
  const platformRole = may(place, 'clusters.view', 'platform');
  const add = may(place, 'clusters.manage', 'platform') ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  ) : null;
  const columns: Column<Cluster>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      order: 'slug',
      render: (cluster) => (
        <span>
          <Link to="/clusters/$cluster" params={{ cluster: cluster.slug }}>
            {cluster.name}
          </Link>{' '}
          <code className="mono muted">{cluster.slug}</code>
        </span>
      ),
    },
    { key: 'health', title: t('health'), render: (cluster) => <ClusterHealth cluster={cluster} /> },
    { key: 'kind', title: t('kind'), render: (cluster) => t(`kinds.${cluster.kind}`) },
    { key: 'zone', title: t('zone'), optional: true, render: (cluster) => cluster.zone || '—' },
    ...(platformRole
      ? [
          {
            key: 'nodes',
            title: t('nodes'),
            numeric: true,
            render: (cluster: Cluster) =>
              cluster.nodes ? t('nodesReady', { ready: cluster.nodes.ready, count: cluster.nodes.total }) : '—',
          },
          {
            key: 'capacity',
            title: t('capacity'),
            render: (cluster: Cluster) => <Amounts rows={cluster.capacity ?? []} />,
          },
        ]
      : []),
  ];
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.clusters')}
        actions={add}
        api={{ method: 'GET', path: '/clusters/', query: view }}
      />
      <ResourceTable
        name="clusters"
        label={shared('pages.clusters')}
        query={query}
        columns={columns}
        defaultOrder="slug"
        filtered={Boolean(view.health || view.kind)}
        onClearFilters={() => setView({ health: undefined, kind: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <Select
              allowClear
              aria-label={t('health')}
              placeholder={t('health')}
              style={{ width: 150 }}
              value={view.health}
              onChange={(health?: string) => setView({ health })}
              options={HEALTHS.map((health) => ({ value: health, label: key(`shared:status.${health}`) }))}
            />
            <Select
              allowClear
              aria-label={t('kind')}
              placeholder={t('kind')}
              style={{ width: 170 }}
              value={view.kind}
              onChange={(kind?: string) => setView({ kind })}
              options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            />
          </>
        }
        empty={
          <EmptyState title={t('empty')} action={add}>
            {add ? t('emptyText') : t('emptyForMember')}
          </EmptyState>
        }
      />
      <Register open={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
