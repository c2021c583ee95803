import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { ExactTime, useExactTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Forecasts, forecastQuery, loadQuery, targetQuery } from '../api';
import { ForecastChart } from '../components/ForecastChart';
import { Windows } from '../components/Windows';

type Past = Forecasts['past'][number];

/** One target: its load, its forecast in words and as a chart, and what came of earlier ones. */
export function TargetPage() {
  const { t } = useTranslation('forecasts');
  const { t: shared } = useTranslation();
  const { target: id } = useParams({ strict: false }) as { target: string };
  const target = useQuery(targetQuery(id));
  const load = useQuery(loadQuery(id));
  const forecasts = useQuery(forecastQuery(id));
  const failed = [target, load, forecasts].find((query) => query.error && !query.data);
  if (failed) return <ErrorPage error={failed.error} retry={() => void failed.refetch()} />;
  if (!target.data || !load.data || !forecasts.data) return <PageLoading />;
  const { kind, name, parent, zone, tenant, synthetic } = target.data;
  const facts = [t(`kinds.${kind}`), parent?.name, zone, tenant?.name].filter(Boolean).join(' · ');
  return (
    <div className="page">
      <PageHeader
        title={name}
        trail={[
          <Link key="fleet" to="/platform/fleet">
            {shared('pages.fleet')}
          </Link>,
        ]}
        facts={
          <>
            {facts} {synthetic ? <Tag color="warning">{t('synthetic')}</Tag> : null}
          </>
        }
        api={{ method: 'GET', path: `/fleet/targets/${id}/forecast/` }}
      />
      <Words forecasts={forecasts.data} />
      <ForecastChart load={load.data} forecasts={forecasts.data} />
      {kind === 'vm' && target.data.memory_bytes && forecasts.data.forecast ? <Windows target={id} /> : null}
      <PastForecasts past={forecasts.data.past} />
    </div>
  );
}

function Words({ forecasts }: { forecasts: Forecasts }) {
  const { t, i18n } = useTranslation('forecasts');
  const exact = useExactTime();
  const { forecast, reason, stale, band, hours_known: known, least_hours: least } = forecasts;
  const percent = (value: number) => formatPercent(value / 100, i18n.language);
  if (!forecast)
    return (
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title={reason === 'too-little-history' ? t('target.little', { known, least }) : t('target.notYet')}
      />
    );
  const day = forecast.mean.slice(0, 24);
  return (
    <>
      {stale ? <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t('target.stale')} /> : null}
      <p>
        <strong>
          {t('target.peak', {
            mean: percent(day.reduce((sum, value) => sum + value, 0) / day.length),
            high: percent(Math.max(...forecast.high.slice(0, 24))),
          })}
        </strong>{' '}
        <span className="muted">
          {t('target.about', {
            at: exact(Date.parse(forecast.made_at)),
            engine: forecast.engine,
            device: forecast.device,
            known: forecast.hours_known,
          })}{' '}
          {band
            ? t('target.band', { segment: t(`segments.${forecasts.segment}`), coverage: percent(band.coverage * 100) })
            : null}
        </span>
      </p>
    </>
  );
}

function PastForecasts({ past }: { past: readonly Past[] }) {
  const { t, i18n } = useTranslation('forecasts');
  const points = (value: number) => t('target.points', { value: formatNumber(value, i18n.language) });
  return (
    <section aria-label={t('target.pastTitle')}>
      <h2>{t('target.pastTitle')}</h2>
      <Table<Past>
        rowKey="issued_at"
        size="small"
        pagination={false}
        dataSource={[...past]}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('target.none') }}
        columns={[
          { title: t('target.issued'), render: (_, one) => <ExactTime at={one.issued_at} /> },
          { title: t('engine'), render: (_, one) => one.engine },
          { title: t('target.came'), render: (_, one) => one.came?.hours ?? 0 },
          { title: t('target.error'), render: (_, { came }) => (came ? points(came.mae) : '—') },
          { title: t('target.bias'), render: (_, { came }) => (came ? points(came.bias) : '—') },
          {
            title: t('target.coverage'),
            render: (_, { came }) => (came ? formatPercent(came.coverage, i18n.language) : '—'),
          },
        ]}
      />
    </section>
  );
}
