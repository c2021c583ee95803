import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useHeld } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NodePool, poolsQuery } from '../api';
import { PoolForm } from './PoolForm';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; pool: NodePool };

/** Nodes that are kept for some tenants. */
export function Pools({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const query = useQuery(poolsQuery(cluster.id));
  const cache = useQueryClient();
  // Pools are in no event of their own; the cluster's says that something of them, or of its nodes, is new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is what it waits for.
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: ['clusters', cluster.id, 'node-pools'] });
  }, [cache, cluster.id, cluster.version]);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const mayGive = can(useHeld(), 'quotas.manage');
  const remove = useAct<NodePool>({
    act: (pool) => http.delete(`/clusters/${cluster.id}/node-pools/${pool.id}/?confirm=true`, { etag: etagOf(pool) }),
    done: t('poolRemoved'),
    changes: [['clusters', cluster.id]],
    onDone: close,
    onProblem: () => undefined,
  });
  const add = mayGive ? <Button onClick={() => setDialog({ kind: 'new' })}>{t('addPool')}</Button> : null;
  const columns: Column<NodePool>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      render: (pool) => (
        <span>
          <code className="mono">{pool.name}</code> <span className="cell-prose">{pool.description}</span>
        </span>
      ),
    },
    { key: 'nodes', title: t('poolNodes'), render: (pool) => <Marked pool={pool} /> },
    {
      key: 'tenants',
      title: t('poolTenants'),
      render: (pool) =>
        pool.tenants.length > 0 ? (
          pool.tenants.map((tenant) => <Tag key={tenant.id}>{tenant.name}</Tag>)
        ) : (
          <span className="muted">{t('poolNobody', { flavors: pool.flavors.join(', ') })}</span>
        ),
    },
    {
      key: 'flavors',
      title: t('poolFlavors'),
      render: (pool) => pool.flavors.map((flavor) => <Tag key={flavor}>{flavor}</Tag>),
    },
    ...(mayGive
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (pool: NodePool) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', pool })}>
                  {shared('edit')}
                </Button>
                <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', pool })}>
                  {t('removePoolAct')}
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
        name="node-pools"
        label={t('pools')}
        query={query}
        columns={columns}
        filters={add}
        empty={
          <EmptyState title={t('noPools')} action={add}>
            {t('noPoolsText')}
          </EmptyState>
        }
      />
      {dialog && dialog.kind !== 'remove' ? (
        <PoolForm cluster={cluster} pool={dialog.kind === 'edit' ? dialog.pool : null} onClose={close} />
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ConfirmByTyping
          open
          title={t('removePool', { name: dialog.pool.name })}
          action={t('removePoolAct')}
          word={dialog.pool.name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(dialog.pool)}
          onCancel={close}
        >
          <span>{t('removePoolText')}</span>
        </ConfirmByTyping>
      ) : null}
    </>
  );
}

/** How many of its nodes carry the pool's label and taint, and who took them away. */
function Marked({ pool }: { pool: NodePool }) {
  const { t } = useTranslation('clusters');
  const cordoned = pool.nodes.filter((node) => !node.schedulable).length;
  const [drifted] = pool.drifted;
  return (
    <>
      <div title={pool.nodes.map((node) => node.name).join(', ')}>
        {t('poolKept', { kept: pool.kept_count, count: pool.node_count })}
        {cordoned > 0 ? ` · ${t('poolCordoned', { count: cordoned })}` : null}
      </div>
      {pool.failure ? <div className="bad">{pool.failure}</div> : null}
      {drifted ? (
        <div className="muted">
          {t('poolDrift', { node: drifted.node })}: {t(drifted.repaired ? 'poolRepaired' : 'poolLeft')}{' '}
          <RelativeTime at={drifted.at} />
        </div>
      ) : null}
    </>
  );
}
