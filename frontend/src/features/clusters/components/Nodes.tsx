import type { Cluster } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { useKey } from '@shared/i18n/key';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Select, Tag } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Node, nodesQuery } from '../api';
import { ClusterHealth } from './ClusterHealth';
import { Usage } from './Usage';

const Drain = lazy(() => import('./Drain').then((module) => ({ default: module.Drain })));

const HEALTHS = ['healthy', 'degraded', 'down', 'unknown'] as const;
const FRESH_MS = 15_000;

/** Of this machine: who holds replicas to their memory. */
function MemoryLimits({ kind }: { kind: string | undefined }) {
  const { t } = useTranslation('clusters');
  if (kind !== 'kernel' && kind !== 'watched') return null;
  return <div className="muted">{t(`memoryLimits.${kind}`)}</div>;
}

/** Of this machine: devices that it only is said to have, for demonstrations. */
function Simulated({ flavors }: { flavors: string | undefined }) {
  const { t } = useTranslation('clusters');
  return flavors ? <div className="muted">{t('simulated', { flavors })}</div> : null;
}

type Row = { resource: string };
const isOrdinary = ({ resource }: Row) => resource === 'cpu' || resource === 'memory';

const words = (node: Node, ...names: string[]) =>
  names
    .map((name) => node.about[name])
    .filter(Boolean)
    .join(' · ') || '—';

/** Devices are taken whole: what was asked for is what is in use, where that is known; then none asked for is zero. */
const devicesOf = (node: Node, known: boolean) => {
  const capacity = node.allocatable.filter((row) => !isOrdinary(row));
  if (!known) return { capacity, used: node.used };
  const used = capacity.map((row) => ({
    ...row,
    amount: node.requested.find((one) => one.flavor === row.flavor && one.resource === row.resource)?.amount ?? 0,
  }));
  return { capacity, used };
};

export function Nodes({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const [{ cursor, limit, order, health }, setView] = useView<ListSearch & { health?: string }>();
  const key = useKey();
  // Measured figures change without an event.
  const query = useQuery({ ...nodesQuery(cluster.id, { cursor, limit, order, health }), refetchInterval: FRESH_MS });
  const cache = useQueryClient();
  const { ready, total } = cluster.nodes ?? {};
  // Nodes are in no event of their own; the cluster's says that one came, went or is cordoned.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are what it waits for.
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: ['clusters', cluster.id, 'nodes'] });
  }, [cache, cluster.id, ready, total]);
  const mayManage = cluster.kind === 'kubernetes' && can(cluster, 'clusters.manage');
  const set = useAct<Node>({
    act: (node) => http.post(`/clusters/${cluster.id}/nodes/${node.id}/${node.schedulable ? 'cordon' : 'uncordon'}/`),
    done: t('asked'),
    changes: [['clusters', cluster.id, 'nodes']],
  });
  const [draining, setDraining] = useState<Node | null>(null);
  const columns: Column<Node>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      order: 'name',
      render: (node) => (
        <span>
          {node.name} {node.schedulable ? null : <Tag>{t('cordoned')}</Tag>}
          <MemoryLimits kind={node.labels['hanse.io/memory-limits']} />
          <Simulated flavors={node.labels['hanse.io/simulated']} />
        </span>
      ),
    },
    {
      key: 'health',
      title: t('health'),
      // Nobody knows how a node is whose cluster does not answer.
      render: (node) => <ClusterHealth cluster={cluster.health === 'down' ? { ...node, stale: true } : node} />,
    },
    { key: 'zone', title: t('zone'), optional: true, render: (node) => node.zone || '—' },
    { key: 'model', title: t('model'), render: (node) => words(node, 'model') },
    {
      key: 'devices',
      title: t('devices'),
      render: (node) => <Usage {...devicesOf(node, cluster.kind === 'kubernetes')} />,
    },
    {
      key: 'usage',
      title: t('usage'),
      render: (node) => <Usage capacity={node.allocatable.filter(isOrdinary)} used={node.used} />,
    },
    { key: 'driver', title: t('driver'), optional: true, render: (node) => words(node, 'driver', 'cuda') },
    { key: 'runtime', title: t('runtime'), optional: true, render: (node) => words(node, 'runtime', 'kubelet') },
    {
      key: 'labels',
      title: t('labels'),
      optional: true,
      render: (node) => Object.entries(node.labels).map(([name, value]) => <Tag key={name}>{`${name}: ${value}`}</Tag>),
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (node: Node) => (
              <Flex justify="flex-end">
                <Button
                  size="small"
                  type="text"
                  disabled={set.isPending}
                  aria-label={t(node.schedulable ? 'cordonNode' : 'uncordonNode', { name: node.name })}
                  onClick={() => set.mutate(node)}
                >
                  {node.schedulable ? t('cordon') : t('uncordon')}
                </Button>
                <Button
                  size="small"
                  type="text"
                  aria-label={t('drainNode', { name: node.name })}
                  onClick={() => setDraining(node)}
                >
                  {t('drain')}
                </Button>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <ResourceTable
        name="nodes"
        label={t('nodes')}
        query={query}
        columns={columns}
        defaultOrder="name"
        filtered={Boolean(health)}
        onClearFilters={() => setView({ health: undefined })}
        filters={
          <Select
            allowClear
            aria-label={t('health')}
            placeholder={t('health')}
            style={{ width: 150 }}
            value={health}
            onChange={(chosen?: string) => setView({ health: chosen })}
            options={HEALTHS.map((one) => ({ value: one, label: key(`shared:status.${one}`) }))}
          />
        }
        empty={<EmptyState title={t('noNodes')}>{t('noNodesText')}</EmptyState>}
      />
      {draining ? (
        <Suspense fallback={null}>
          <Drain cluster={cluster} node={draining} onClose={() => setDraining(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
