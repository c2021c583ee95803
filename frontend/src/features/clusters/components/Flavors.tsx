import { type Cluster, type Flavor, flavorsQuery } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { Bytes } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FlavorForm } from './FlavorForm';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; flavor: Flavor };

/** The classes of hardware of a cluster. */
export function Flavors({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const query = useQuery(flavorsQuery(cluster.id));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayManage = can(cluster, 'flavors.manage');
  const close = () => setDialog(null);
  const remove = useAct<Flavor>({
    act: (flavor) => http.delete(`/flavors/${flavor.id}/`, { etag: etagOf(flavor) }),
    done: t('flavorRemoved'),
    changes: [['clusters', cluster.id, 'flavors']],
    onDone: close,
    onProblem: () => undefined,
  });
  const add = mayManage ? <Button onClick={() => setDialog({ kind: 'new' })}>{t('addFlavor')}</Button> : null;
  const columns: Column<Flavor>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      render: (flavor) => <code className="mono">{flavor.name}</code>,
    },
    { key: 'kind', title: t('flavorKind'), render: (flavor) => t(`flavorKinds.${flavor.kind}`) },
    { key: 'model', title: t('model'), render: (flavor) => flavor.model || '—' },
    {
      key: 'memory',
      title: t('unitMemory'),
      numeric: true,
      render: (flavor) => (flavor.unit_memory_bytes === null ? '—' : <Bytes value={flavor.unit_memory_bytes} />),
    },
    {
      key: 'description',
      title: shared('description'),
      render: (flavor) => <span className="cell-prose">{flavor.description}</span>,
    },
    {
      key: 'labels',
      title: t('nodeLabels'),
      optional: true,
      render: (flavor) =>
        Object.entries(flavor.node_labels).map(([name, value]) => <Tag key={name}>{`${name}: ${value}`}</Tag>),
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (flavor: Flavor) =>
              flavor.pool ? (
                <span className="muted">{t('ofPool', { name: flavor.pool })}</span>
              ) : (
                <Flex gap={4} justify="flex-end">
                  <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', flavor })}>
                    {shared('edit')}
                  </Button>
                  <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', flavor })}>
                    {shared('remove')}
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
        name="flavors"
        label={t('flavors')}
        query={query}
        columns={columns}
        filters={add}
        empty={
          <EmptyState title={t('noFlavors')} action={add}>
            {t('noFlavorsText')}
          </EmptyState>
        }
      />
      {dialog && dialog.kind !== 'remove' ? (
        <FlavorForm cluster={cluster} flavor={dialog.kind === 'edit' ? dialog.flavor : null} onClose={close} />
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ConfirmByTyping
          open
          title={t('removeFlavor', { name: dialog.flavor.name })}
          action={t('removeFlavorAct')}
          word={dialog.flavor.name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(dialog.flavor)}
          onCancel={close}
        >
          <span>{t('removeFlavorText')}</span>
        </ConfirmByTyping>
      ) : null}
    </>
  );
}
