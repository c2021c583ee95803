import { clustersQuery } from '@shared/api/clusters';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { QuotaBar, QuotaLegend } from '@shared/components/QuotaBar';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { useAmount } from '@shared/components/values';
import { formatAmount } from '@shared/lib/units';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cohortsQuery, type Line, type Quota, type QuotasView, quotasQuery } from '../api';

/** All quotas of all tenants, with what of them is in use. */
export function QuotasPage() {
  const { t } = useTranslation('quotas');
  const place = usePlace();
  const [view, setView] = useView<QuotasView>();
  const options = quotasQuery(view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Quota>(options.queryKey, { tenant: 'platform', kinds: ['quota'] });
  const clusters = useQuery(clustersQuery({ limit: 200 }));
  const cohorts = useQuery(cohortsQuery({ limit: 200, ...(view.cluster ? { cluster: view.cluster } : {}) }));
  const grant = may(place, 'quotas.manage', 'platform') ? (
    <Link to="/platform/quotas/$quota" params={{ quota: 'new' }}>
      <Button type="primary">{t('list.grant')}</Button>
    </Link>
  ) : null;
  const columns: Column<Quota>[] = [
    {
      key: 'tenant',
      title: t('list.tenant'),
      always: true,
      render: (quota) => (
        <Link to="/platform/quotas/$quota" params={{ quota: quota.id }}>
          {quota.tenant.name}
        </Link>
      ),
    },
    { key: 'cluster', title: t('list.cluster'), render: (quota) => quota.cluster.name },
    { key: 'cohort', title: t('list.cohort'), render: (quota) => quota.cohort?.name ?? '—' },
    { key: 'lines', title: t('list.use'), render: (quota) => <Lines lines={quota.lines} /> },
  ];
  return (
    <div className="page">
      <PageHeader title={t('list.title')} actions={grant} api={{ method: 'GET', path: '/quotas/', query: view }} />
      <ResourceTable
        name="quotas"
        label={t('list.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.cluster || view.cohort || view.tenant)}
        onClearFilters={() => setView({ cluster: undefined, cohort: undefined, tenant: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <Select
              allowClear
              aria-label={t('list.cluster')}
              placeholder={t('list.cluster')}
              style={{ width: 170 }}
              value={view.cluster}
              onChange={(cluster?: string) => setView({ cluster, cohort: undefined })}
              options={clusters.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            />
            <Select
              allowClear
              aria-label={t('list.cohort')}
              placeholder={t('list.cohort')}
              style={{ width: 170 }}
              value={view.cohort}
              onChange={(cohort?: string) => setView({ cohort })}
              options={cohorts.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            />
            <QuotaLegend />
          </>
        }
        empty={
          <EmptyState title={t('list.empty')} action={grant}>
            {t('list.emptyText')}
          </EmptyState>
        }
      />
    </div>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const { i18n } = useTranslation();
  const amount = useAmount();
  return (
    <ul className="usage">
      {lines.map((line) => (
        <li key={`${line.flavor} ${line.resource}`}>
          <span className="tabular">
            {formatAmount(line.resource, line.used, i18n.language)} / {amount(line.resource, line.nominal)}{' '}
            <span className="muted">{line.flavor}</span>
          </span>
          <QuotaBar line={line} height={8} />
        </li>
      ))}
    </ul>
  );
}
