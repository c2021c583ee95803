import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { Bytes, RelativeTime } from '@shared/components/values';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { heatQuery, KINDS, type Standing, standingQuery, type Target, type TargetsView, targetsQuery } from '../api';
import { AskForecast } from '../components/AskForecast';
import { HeatMap, Strip } from '../components/Heat';
import { Runs } from '../components/Runs';

/** The fleet: what is forecast, how old its forecasts are, and the runs that make them. */
export function FleetPage() {
  const { t } = useTranslation('forecasts');
  const { t: shared } = useTranslation();
  const mayAsk = may(usePlace(), 'forecasts.request', 'platform');
  const standing = useQuery(standingQuery);
  const [asking, setAsking] = useState(false);
  if (standing.error && !standing.data)
    return <ErrorPage error={standing.error} retry={() => void standing.refetch()} />;
  if (!standing.data) return <PageLoading />;
  const { late, issued_at: issued, targets } = standing.data;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.fleet')}
        facts={targets ? <Facts standing={standing.data} /> : null}
        actions={
          targets ? (
            <>
              <Link to="/platform/fleet/models">{t('models.title')}</Link>
              {mayAsk ? (
                <Button type="primary" onClick={() => setAsking(true)}>
                  {t('ask')}
                </Button>
              ) : null}
            </>
          ) : null
        }
        api={{ method: 'GET', path: '/fleet/targets/' }}
      />
      {late && issued ? <Alert type="warning" showIcon title={t('late')} style={{ marginBottom: 16 }} /> : null}
      {targets ? (
        <>
          <HeatMap />
          <Runs mayAsk={mayAsk} />
          <Targets />
        </>
      ) : (
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      )}
      <AskForecast open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

function Facts({ standing }: { standing: Standing }) {
  const { t } = useTranslation('forecasts');
  return (
    <>
      {t('lead', { count: standing.targets })}{' '}
      {standing.synthetic ? <Tag color="warning">{t('syntheticOf', { count: standing.synthetic })}</Tag> : null}{' '}
      {standing.issued_at ? (
        <>
          {t('standing', { hours: standing.every_hours })} <RelativeTime at={standing.issued_at} />
        </>
      ) : (
        t('never')
      )}
    </>
  );
}

function Targets() {
  const { t } = useTranslation('forecasts');
  const [view, setView] = useView<TargetsView>();
  const query = useQuery(targetsQuery(view));
  const { data: heat } = useQuery(heatQuery(view));
  const columns: Column<Target>[] = [
    {
      key: 'name',
      title: t('name'),
      order: 'name',
      always: true,
      render: ({ id, name, synthetic }) => (
        <>
          <Link to="/platform/fleet/$target" params={{ target: id }}>
            {name}
          </Link>{' '}
          {synthetic ? <Tag color="warning">{t('synthetic')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'load',
      title: t('heat.column'),
      render: ({ id }) => {
        const row = heat?.results.find((one) => one.id === id);
        return row ? <Strip heat={row} /> : null;
      },
    },
    { key: 'kind', title: t('kind'), render: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'tenant',
      title: t('tenant'),
      render: ({ tenant }) => tenant?.name ?? <span className="muted">{t('platforms')}</span>,
    },
    { key: 'parent', title: t('on'), render: ({ parent }) => parent?.name ?? '—' },
    { key: 'zone', title: t('zone'), render: ({ zone }) => zone || '—' },
    { key: 'vcpus', title: t('vcpus'), numeric: true, render: ({ vcpus }) => vcpus ?? '—' },
    {
      key: 'memory',
      title: t('memory'),
      numeric: true,
      render: ({ memory_bytes: bytes }) => (bytes === null ? '—' : <Bytes value={bytes} />),
    },
  ];
  return (
    <section aria-label={t('targets')}>
      <h2>{t('targets')}</h2>
      <ResourceTable
        name="fleet-targets"
        label={t('targets')}
        query={query}
        columns={columns}
        defaultOrder="name"
        filtered={Boolean(view.kind || view.q)}
        filters={
          <>
            <SearchField label={t('search')} value={view.q ?? ''} onChange={(q) => setView({ q: q || undefined })} />
            <Select
              allowClear
              aria-label={t('kind')}
              placeholder={t('kind')}
              style={{ minWidth: 120 }}
              value={view.kind}
              onChange={(kind) => setView({ kind })}
              options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            />
          </>
        }
        empty={<p className="muted">{t('nothing')}</p>}
      />
    </section>
  );
}
