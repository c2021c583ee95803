import { useExactTime } from '@shared/components/values';
import { downloadText } from '@shared/lib/download';
import { formatNumber } from '@shared/lib/units';
import { Button, Flex, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csvOf, rowsOf } from './csv';
import type { Series, TimeRange } from './types';

const Canvas = lazy(() => import('./Canvas'));

export interface TimeChartProps {
  /** What it shows; also its accessible name. */
  title: string;
  series: readonly Series[];
  /** How a value is written on axis and in the table. */
  format?: (value: number) => string;
  /** The stretch that is shown; charts with the same range and `group` move together. */
  range?: TimeRange | null;
  onRange?: (range: TimeRange | null) => void;
  group?: string;
  height?: number;
  /** Fix the axis, such as 0..1 for a ratio. */
  min?: number;
  max?: number;
}

/** Lines over time: drag to zoom, the pointer in step with its group; the same as a table, and as CSV. */
export function TimeChart(props: TimeChartProps) {
  const { t, i18n } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const format = props.format ?? ((value: number) => formatNumber(value, i18n.language));
  const height = props.height ?? 220;
  const empty = props.series.every((one) => one.points.length === 0);
  return (
    <figure className="chart">
      <Flex component="figcaption" justify="space-between" align="center" gap={8}>
        <strong>{props.title}</strong>
        <span>
          {props.range && props.onRange ? (
            <Button size="small" type="text" onClick={() => props.onRange?.(null)}>
              {t('chart.resetZoom')}
            </Button>
          ) : null}
          <Button size="small" type="text" disabled={empty} onClick={() => setAsTable((old) => !old)}>
            {asTable ? t('chart.chart') : t('chart.table')}
          </Button>
          <Button
            size="small"
            type="text"
            disabled={empty}
            onClick={() => downloadText(`${props.title}.csv`, csvOf(props.series), 'text/csv')}
          >
            {t('chart.csv')}
          </Button>
        </span>
      </Flex>
      {empty ? (
        <Flex align="center" justify="center" className="muted" style={{ height }}>
          {t('chart.nothing')}
        </Flex>
      ) : asTable ? (
        <ChartTable series={props.series} format={format} height={height} title={props.title} />
      ) : (
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
          <Canvas {...props} format={format} height={height} />
        </Suspense>
      )}
    </figure>
  );
}

const MOST_ROWS = 1000;

interface TableProps {
  title: string;
  series: readonly Series[];
  format: (value: number) => string;
  height: number;
}

function ChartTable({ title, series, format, height }: TableProps) {
  const { t } = useTranslation();
  const exact = useExactTime();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section style={{ height, overflow: 'auto' }} tabIndex={0} aria-label={title}>
      <table className="plain-table tabular">
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {series.map((one) => (
              <th key={one.name} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(series)
            .slice(-MOST_ROWS)
            .map(([time, ...values]) => (
              <tr key={time}>
                <td>{exact(time)}</td>
                {values.map((value, index) => (
                  <td key={series[index]?.name}>{value === null ? '—' : format(value)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
