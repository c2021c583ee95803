import { etagOf, http } from '@shared/api/http';
import type { Preview } from '@shared/api/tenants';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { ReviewedChange } from '@shared/components/ReviewedChange';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cap, capsQuery } from '../api';
import { CapForm } from './CapForm';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; cap: Cap };

/** What one person of the tenant, or each one of a group, may have running, and who may ask for restricted priorities. */
export function Caps({ tenant }: { tenant: SessionTenant }) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const [{ cursor, limit, order }] = useView<ListSearch>();
  const query = useQuery(capsQuery(tenant.id, { cursor, limit, order }));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayDivide = can(tenant, 'quotas.divide');
  const close = () => setDialog(null);
  const changes = [['tenants', tenant.id, 'caps']] as const;
  const add = mayDivide ? <Button onClick={() => setDialog({ kind: 'new' })}>{t('caps.add')}</Button> : null;
  const most = (value: number | null) =>
    value === null ? <span className="muted">{t('caps.noLimit')}</span> : <span className="tabular">{value}</span>;
  const columns: Column<Cap>[] = [
    {
      key: 'user',
      title: t('caps.user'),
      always: true,
      render: (cap) =>
        cap.user ? (
          <span>
            {cap.user.name} <span className="muted">{cap.user.email}</span>
          </span>
        ) : cap.group ? (
          t('caps.eachOf', { group: cap.group.name })
        ) : (
          t('caps.everybody')
        ),
    },
    { key: 'running', title: t('caps.running'), numeric: true, render: (cap) => most(cap.running_workloads) },
    { key: 'gpus', title: t('caps.gpus'), numeric: true, render: (cap) => most(cap.gpus) },
    {
      key: 'restricted',
      title: t('caps.restricted'),
      render: (cap) => (cap.may_use_restricted_priorities ? t('caps.yes') : t('caps.no')),
    },
    ...(mayDivide
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (cap: Cap) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', cap })}>
                  {shared('edit')}
                </Button>
                <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', cap })}>
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
        name="caps"
        label={t('caps.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filters={add}
        empty={
          <EmptyState title={t('caps.empty')} action={add}>
            {t('caps.emptyText')}
          </EmptyState>
        }
      />
      {dialog && dialog.kind !== 'remove' ? (
        <CapForm tenant={tenant} cap={dialog.kind === 'edit' ? dialog.cap : null} onClose={close} />
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ReviewedChange
          title={t('caps.remove')}
          action={shared('remove')}
          preview={(cursor) =>
            http.delete<Preview>(`/caps/${dialog.cap.id}/`, {
              etag: etagOf(dialog.cap),
              query: { dry_run: true, cursor },
            })
          }
          apply={(confirm) => http.delete(`/caps/${dialog.cap.id}/`, { etag: etagOf(dialog.cap), query: { confirm } })}
          done={t('caps.removed')}
          changes={changes}
          onClose={close}
        />
      ) : null}
    </>
  );
}
