import { TimeChart } from '@shared/charts/TimeChart';
import type { TimeRange } from '@shared/charts/types';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useKey } from '@shared/i18n/key';
import { Empty, Flex, Segmented, Skeleton, Slider } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricSubject } from '../api';
import { formatValue } from '../model/format';
import { drawn, families, inRange, MACHINE, type Series, smooth, thin } from '../model/series';
import { useMetrics } from '../model/useMetrics';
import { type MetricSearch, rangeOf, searchOf } from '../search';

interface Props {
  subject: MetricSubject;
  attempt: number;
  search: MetricSearch;
  onSearch: (change: MetricSearch) => void;
  /** Name of a rank among people. */
  rankName: (rank: number) => string;
  /** For a summary: what the workload reports, without the tools, and nothing at all while there is nothing. */
  brief?: boolean;
}

const MINUTE = 60_000;
const STRETCHES = { all: null, '15m': 15 * MINUTE, '1h': 60 * MINUTE, '6h': 360 * MINUTE } as const;
type Stretch = keyof typeof STRETCHES;
const BRIEFLY = ['loss', 'accuracy'];

/** All curves of a subject under one range of time. */
export function MetricsPanel({ subject, attempt, search, onSearch, rankName, brief = false }: Props) {
  const { t } = useTranslation('metrics');
  const key = useKey();
  const [stretch, setStretch] = useState<Stretch>('all');
  const [smoothing, setSmoothing] = useState(0);
  const { since, until } = search;
  const range = useMemo(() => rangeOf({ since, until }), [since, until]);
  const answer = useMetrics(subject, attempt, range);
  const { data } = answer;
  const charts = useMemo(() => {
    const length = STRETCHES[stretch];
    const newest = Math.max(0, ...(data ?? []).map((one) => one.points.at(-1)?.at ?? 0));
    const window = range ?? (length ? { from: newest - length, to: newest } : null);
    const shown = (data ?? [])
      .map((one) => ({ ...one, points: inRange(one.points, window) }))
      .filter((one) => one.points.length > 0);
    const nameOf = (series: Series) =>
      series.rank === null ? key(`metrics:names.${series.name}`, { fallback: series.name }) : rankName(series.rank);
    return families(shown)
      .filter((group) => !brief || BRIEFLY.includes(group.family))
      .map(({ family, series }) => ({
        family,
        title: key(`metrics:names.${family}`, { fallback: family }),
        format: (value: number) => formatValue(family, value),
        series: series.map((one) => ({ name: nameOf(one), points: drawn(smooth(thin(one.points), smoothing)) })),
      }));
  }, [data, range, stretch, brief, smoothing, key, rankName]);
  const zoom = useCallback((chosen: TimeRange | null) => onSearch(searchOf(chosen)), [onSearch]);

  if (brief && (attempt === 0 || charts.length === 0)) return null;
  if (attempt === 0) return <Empty description={t('notStarted')} />;
  if (answer.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (answer.isError) return <ErrorPanel error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <Flex vertical gap={16}>
      {brief ? null : (
        <Flex gap={16} align="center" wrap>
          <Segmented
            aria-label={t('stretch')}
            value={range ? 'chosen' : stretch}
            options={[
              ...(Object.keys(STRETCHES) as Stretch[]).map((value) => ({ value, label: t(`stretches.${value}`) })),
              ...(range ? [{ value: 'chosen' as const, label: t('stretches.chosen') }] : []),
            ]}
            onChange={(value) => {
              if (value === 'chosen') return;
              setStretch(value as Stretch);
              if (range) zoom(null);
            }}
          />
          <Flex gap={8} align="center">
            <span id="smoothing">{t('smoothing')}</span>
            <Slider
              ariaLabelledByForHandle="smoothing"
              min={0}
              max={0.95}
              step={0.05}
              value={smoothing}
              onChange={setSmoothing}
              style={{ width: 120 }}
            />
          </Flex>
          <span className="muted">{t('dragToZoom')}</span>
        </Flex>
      )}
      {charts.length === 0 ? (
        <Empty description={range ? t('noneInRange') : t('none')}>
          <code className="mono">{EXAMPLE}</code>
        </Empty>
      ) : (
        <div
          style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))' }}
        >
          {charts.map((chart) => (
            <TimeChart
              key={chart.family}
              title={chart.title}
              series={chart.series}
              format={chart.format}
              range={range}
              onRange={zoom}
              {...(MACHINE.has(chart.family) ? { min: 0 } : {})}
              group={`metrics-${subject.id}`}
              height={brief ? 180 : 220}
            />
          ))}
        </div>
      )}
    </Flex>
  );
}

const EXAMPLE = '{"progress": 0.4, "metrics": {"loss": 0.31, "accuracy": 0.88}}';
