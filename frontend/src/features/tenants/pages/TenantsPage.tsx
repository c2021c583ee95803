import { type Tenant, tenantsQuery } from '@shared/api/tenants';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { RemovalTag } from '../components/Removal';

const PHASES = ['active', 'suspended', 'draining', 'closed'] as const;

export function TenantsPage() {
  const { t } = useTranslation('tenants');
  const { t: shared } = useTranslation();
  const key = useKey();
  const place = usePlace();
  const [view, setView] = useView<ListSearch & { phase?: string }>();
  const options = tenantsQuery(view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Tenant>(options.queryKey, { tenant: 'platform', kinds: ['tenant'] });
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const onboard = may(place, 'tenants.onboard', 'platform') ? (
    <Link to="/platform/tenants/new">
      <Button type="primary">{shared('pages.onboard')}</Button>
    </Link>
  ) : null;
  const columns: Column<Tenant>[] = [
    {
      key: 'name',
      title: t('list.name'),
      always: true,
      order: 'slug',
      render: (tenant) => (
        <Link to="/t/$tenant/settings" params={{ tenant: tenant.slug }}>
          {tenant.name}
        </Link>
      ),
    },
    { key: 'slug', title: t('list.slug'), render: (tenant) => <code className="mono">{tenant.slug}</code> },
    {
      key: 'phase',
      title: t('list.phase'),
      render: (tenant) =>
        tenant.removal ? (
          <RemovalTag removal={tenant.removal} />
        ) : (
          <StatusTag status={tenant.phase} reason={tenant.phase_reason || undefined} />
        ),
    },
    { key: 'description', title: t('list.description'), optional: true, render: (tenant) => tenant.description },
    {
      key: 'created',
      title: t('list.created'),
      order: 'created',
      render: (tenant) => <RelativeTime at={tenant.created_at} />,
    },
    {
      key: 'quota',
      title: t('list.quota'),
      render: (tenant) => (
        <Link to="/t/$tenant/quotas" params={{ tenant: tenant.slug }}>
          {t('list.showQuota')}
        </Link>
      ),
    },
  ];
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.tenants')}
        actions={onboard}
        api={{ method: 'GET', path: '/tenants/', query: view }}
      />
      <ResourceTable
        name="tenants"
        label={shared('pages.tenants')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q || view.phase)}
        onClearFilters={() => setView({ q: undefined, phase: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <SearchField label={t('list.search')} value={view.q ?? ''} onChange={search} />
            <Select
              allowClear
              aria-label={t('list.phase')}
              placeholder={t('list.phase')}
              style={{ width: 150 }}
              value={view.phase}
              onChange={(phase?: string) => setView({ phase })}
              options={PHASES.map((phase) => ({ value: phase, label: key(`shared:status.${phase}`) }))}
            />
          </>
        }
        empty={
          <EmptyState title={t('list.empty')} action={onboard} command={t('onboard.command')}>
            {t('list.emptyText')}
          </EmptyState>
        }
      />
    </div>
  );
}
