import type { Cluster } from '@shared/api/clusters';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Node, nodesQuery } from '../api';
import { ClusterHealth } from './ClusterHealth';
import { Usage } from './Usage';

const FRESH_MS = 15_000;

export function Nodes({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const [{ cursor, limit, order }] = useView<ListSearch>();
  // Measured figures change without an event.
  const query = useQuery({ ...nodesQuery(cluster.id, { cursor, limit, order }), refetchInterval: FRESH_MS });
  const columns: Column<Node>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      order: 'name',
      render: (node) => (
        <span>
          {node.name} {node.schedulable ? null : <Tag>{t('cordoned')}</Tag>}
        </span>
      ),
    },
    { key: 'health', title: t('health'), render: (node) => <ClusterHealth cluster={node} /> },
    { key: 'zone', title: t('zone'), optional: true, render: (node) => node.zone || '—' },
    { key: 'usage', title: t('usage'), render: (node) => <Usage capacity={node.allocatable} used={node.used} /> },
    {
      key: 'labels',
      title: t('labels'),
      optional: true,
      render: (node) => Object.entries(node.labels).map(([name, value]) => <Tag key={name}>{`${name}: ${value}`}</Tag>),
    },
  ];
  return (
    <ResourceTable
      name="nodes"
      label={t('nodes')}
      query={query}
      columns={columns}
      defaultOrder="name"
      empty={<EmptyState title={t('noNodes')}>{t('noNodesText')}</EmptyState>}
    />
  );
}
