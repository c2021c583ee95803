import { tenantQuotasQuery } from '@shared/api/quotas';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { QuotaLegend } from '@shared/components/QuotaBar';
import { RequestMore } from '@shared/components/RequestMore';
import { useStream } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { may, usePlace, useTenant } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Caps } from '../components/Caps';
import { DivideDrawer } from '../components/DivideDrawer';
import { LineBlock } from '../components/LineBlock';
import { Requests } from '../components/Requests';
import { UsageTable } from '../components/UsageTable';

type Tab = 'now' | 'requests' | 'caps' | 'usage';
const SETTLE_MS = 500;

/** What the tenant may use, what it uses, what it lent and borrowed, and who in it uses what. */
export function TenantQuotaPage() {
  const { t } = useTranslation('quotas');
  const tenant = useTenant();
  const [view, setView] = useView<{ tab?: Tab }>();
  const [dialog, setDialog] = useState<'divide' | 'more' | null>(null);
  const divides = can(tenant, 'quotas.divide');
  const mayAsk = [tenant, ...tenant.projects].some((one) => can(one, 'quotas.request'));
  const more = mayAsk ? <Button onClick={() => setDialog('more')}>{t('requests.more')}</Button> : null;
  return (
    <div className="page">
      <PageHeader
        title={t('tenant.title')}
        facts={<span>{tenant.name}</span>}
        actions={
          <>
            {more}
            {divides && tenant.projects.length > 0 ? (
              <Button type="primary" onClick={() => setDialog('divide')}>
                {t('divide.title')}
              </Button>
            ) : null}
          </>
        }
        api={{ method: 'GET', path: `/tenants/${tenant.id}/quotas/` }}
      />
      <Tabs
        activeKey={view.tab ?? 'now'}
        onChange={(tab) => setView({ tab: tab === 'now' ? undefined : (tab as Tab) })}
        destroyOnHidden
        items={[
          { key: 'now', label: t('tenant.now'), children: <Now /> },
          { key: 'requests', label: t('requests.tab'), children: <Requests tenant={tenant} /> },
          { key: 'caps', label: t('caps.title'), children: <Caps tenant={tenant} /> },
          { key: 'usage', label: t('usage.title'), children: <UsageTable tenant={tenant} /> },
        ]}
      />
      <DivideDrawer open={dialog === 'divide'} tenant={tenant} onClose={() => setDialog(null)} />
      {dialog === 'more' ? <RequestMore tenant={tenant} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}

function Now() {
  const { t } = useTranslation('quotas');
  const place = usePlace();
  const tenant = useTenant();
  const cache = useQueryClient();
  const options = tenantQuotasQuery(tenant.id);
  const { data, error, refetch } = useQuery(options);
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgain = () => {
    clearTimeout(due.current);
    due.current = setTimeout(() => void cache.invalidateQueries(options), SETTLE_MS);
  };
  useStream({ tenant: tenant.id, kinds: ['quota', 'job'] }, { onEvent: readAgain, onLost: readAgain });
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const manages = may(place, 'quotas.manage', 'platform');
  if (data.results.length === 0)
    return (
      <EmptyState
        title={t('tenant.empty')}
        action={
          manages ? (
            <Link to="/platform/quotas/$quota" params={{ quota: 'new' }} search={{ tenant: tenant.id } as never}>
              <Button type="primary">{t('list.grant')}</Button>
            </Link>
          ) : null
        }
      >
        {t('tenant.emptyText')}
      </EmptyState>
    );
  const quotas = [...new Set(data.results.map(({ quota_id }) => quota_id))];
  return (
    <>
      <QuotaLegend />
      {quotas.map((id) => {
        const lines = data.results.filter(({ quota_id }) => quota_id === id);
        const first = lines[0];
        if (!first) return null;
        return (
          <section key={id} aria-label={first.cluster.name} className="quota-section">
            <div className="quota-head">
              <h2 className="section-title">
                {first.cluster.name}{' '}
                <span className="muted">
                  {first.cohort ? t('tenant.inCohort', { cohort: first.cohort }) : t('tenant.alone')}
                </span>
              </h2>
              {manages ? (
                <Link to="/platform/quotas/$quota" params={{ quota: id }}>
                  {t('change.try')}
                </Link>
              ) : null}
            </div>
            {lines.map((line) => (
              <LineBlock key={`${line.flavor} ${line.resource}`} line={line} tenant={tenant} />
            ))}
          </section>
        );
      })}
    </>
  );
}
