import type { Cluster } from '@shared/api/clusters';
import { TimeChart } from '@shared/charts/TimeChart';
import type { Point } from '@shared/charts/types';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { formatAmount } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Empty, Flex, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Curve, capacityQuery, SPANS, type Span } from '../api';
import { Fragmentation } from './Fragmentation';

const PARTS = ['allocatable', 'ours', 'others', 'unhealthy'] as const;

/** What there was of each flavor over time, who had it, and what is free in one piece now. */
export function Capacity({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const [span, setSpan] = useState<Span>('day');
  const { data, error, refetch } = useQuery(capacityQuery(cluster.id, span));
  return (
    <Flex vertical gap={24}>
      <Fragmentation cluster={cluster} />
      <section aria-label={t('overTime')}>
        <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
          <strong>{t('overTime')}</strong>
          <Segmented<Span>
            aria-label={t('overTime')}
            value={span}
            onChange={setSpan}
            options={SPANS.map((value) => ({ value, label: t(`spans.${value}`) }))}
          />
        </Flex>
        {error && !data ? <ErrorPanel error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {data?.curves.length === 0 ? <Empty description={t('noCapacityYet')} /> : null}
        <div
          style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))' }}
        >
          {data?.curves.map((curve) => (
            <CurveChart key={`${curve.flavor} ${curve.resource}`} curve={curve} stepMs={data.step_seconds * 1000} />
          ))}
        </div>
      </section>
    </Flex>
  );
}

function CurveChart({ curve, stepMs }: { curve: Curve; stepMs: number }) {
  const { t, i18n } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const isCommon = curve.resource === 'cpu' || curve.resource === 'memory' || curve.resource === 'gpu';
  const resource = isCommon || curve.resource === 'fpga' || curve.resource === 'rdma' ? curve.resource : null;
  return (
    <TimeChart
      title={`${curve.flavor} · ${resource ? shared(`resource.${resource as 'gpu'}`) : curve.resource}`}
      series={PARTS.map((part) => ({
        name: t(`parts.${part}`),
        points: withGaps(curve, part, stepMs),
        dashed: part === 'allocatable',
        area: part === 'ours',
      }))}
      format={(value) => formatAmount(curve.resource, value, i18n.language)}
      min={0}
    />
  );
}

/** Where nothing was seen for longer than a step, the line is broken: unknown is not drawn as a slope. */
function withGaps(curve: Curve, part: (typeof PARTS)[number], stepMs: number): Point[] {
  const points: Point[] = [];
  for (const point of curve.points) {
    const at = Date.parse(point.at);
    const before = points.at(-1)?.[0];
    if (before !== undefined && at - before > 1.5 * stepMs) points.push([before + stepMs, null]);
    points.push([at, point[part]]);
  }
  return points;
}
