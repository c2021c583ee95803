import { TimeChart } from '@shared/charts/TimeChart';
import type { Point } from '@shared/charts/types';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { formatNumber } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Flex, Segmented, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type App, type By, type Traffic as Seen, SPANS, type Span, trafficQuery, WAYS_TO_DIVIDE } from '../api';

type Series = Seen['series'][number];
const PERCENTILES = ['p50_ms', 'p95_ms', 'p99_ms'] as const;
/** More lines than this nobody tells apart; the table has them all. */
const MOST_LINES = 8;

/** What came to the app: how much, how much of it went wrong, how long it took; of all, each endpoint or each consumer. */
export function Traffic({ app }: { app: App }) {
  const { t } = useTranslation('apps');
  const [span, setSpan] = useState<Span>('hour');
  const [by, setBy] = useState<By>('all');
  const { data, error, refetch } = useQuery(trafficQuery(app, span, by));
  return (
    <section aria-label={t('traffic.title')}>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
        <h2 className="section-title" style={{ margin: 0 }}>
          {t('traffic.title')}
        </h2>
        <Flex gap={8} wrap>
          <Segmented<By>
            aria-label={t('traffic.divided')}
            value={by}
            onChange={setBy}
            options={WAYS_TO_DIVIDE.map((value) => ({ value, label: t(`traffic.by.${value}`) }))}
          />
          <Segmented<Span>
            aria-label={t('traffic.span')}
            value={span}
            onChange={setSpan}
            options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: t(`traffic.spans.${value}`) }))}
          />
        </Flex>
      </Flex>
      {error && !data ? <ErrorPanel error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {data?.series.length === 0 ? <p className="muted">{t('traffic.none')}</p> : null}
      {data && data.series.length > 0 ? <Curves seen={data} by={by} /> : null}
    </section>
  );
}

function Curves({ seen, by }: { seen: Seen; by: By }) {
  const { t, i18n } = useTranslation('apps');
  const minutes = seen.step_seconds / 60;
  const named = (one: Series) => (by === 'all' ? t('traffic.by.all') : one.name || t(`traffic.no.${by}`));
  const drawn = seen.series.slice(0, MOST_LINES);
  const lines = (value: (point: Series['points'][number]) => number | null) =>
    drawn.map((one) => ({ name: named(one), points: curve(one, seen, value) }));
  const milliseconds = (value: number | null) =>
    value === null ? '—' : t('traffic.ms', { number: formatNumber(value, i18n.language) });
  const [only] = by === 'all' ? seen.series : [];
  return (
    <>
      <div
        style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))' }}
      >
        <TimeChart title={t('traffic.requests')} series={lines((point) => point.requests / minutes)} min={0} />
        <TimeChart title={t('traffic.errors')} series={lines((point) => point.failed / minutes)} min={0} />
        <TimeChart
          title={only ? t('traffic.latency') : t('traffic.latency95')}
          series={
            only
              ? PERCENTILES.map((share) => ({
                  name: share.slice(0, 3),
                  points: curve(only, seen, (point) => point[share], null),
                }))
              : drawn.map((one) => ({ name: named(one), points: curve(one, seen, (point) => point.p95_ms, null) }))
          }
          format={milliseconds}
          min={0}
        />
      </div>
      <Table<Series>
        size="small"
        rowKey="name"
        style={{ marginTop: 16 }}
        pagination={seen.series.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        dataSource={seen.series}
        columns={[
          { title: by === 'all' ? '' : t(`traffic.by.${by}`), render: (_, one) => named(one) },
          ...(['requests', 'refused', 'failed'] as const).map((key) => ({
            title: t(`traffic.columns.${key}`),
            align: 'right' as const,
            render: (_: unknown, one: Series) => (
              <span className="tabular">{formatNumber(one[key], i18n.language)}</span>
            ),
          })),
          ...PERCENTILES.map((share) => ({
            title: share.slice(0, 3),
            align: 'right' as const,
            render: (_: unknown, one: Series) => <span className="tabular">{milliseconds(one[share])}</span>,
          })),
        ]}
      />
    </>
  );
}

/** Where nothing came the count is zero, and what is measured of answers is not known. */
function curve(
  one: Series,
  { since, until, step_seconds }: Seen,
  value: (point: Series['points'][number]) => number | null,
  between: number | null = 0,
): Point[] {
  const step = step_seconds * 1000;
  const known = new Map(one.points.map((point) => [Date.parse(point.at), value(point)]));
  const points: Point[] = [];
  for (let at = Math.floor(Date.parse(since) / step) * step; at < Date.parse(until); at += step)
    points.push([at, known.has(at) ? (known.get(at) ?? null) : between]);
  return points;
}
