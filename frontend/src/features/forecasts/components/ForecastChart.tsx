import { TimeChart } from '@shared/charts/TimeChart';
import type { Point, Series } from '@shared/charts/types';
import { useExactTime } from '@shared/components/values';
import { formatPercent } from '@shared/lib/units';
import { useTranslation } from 'react-i18next';
import type { Forecasts, Load } from '../api';

const HOUR = 3_600_000;
/** Of past forecasts only so many are drawn; the table has all. */
const DRAWN = 3;

const hourly = (from: string, values: readonly (number | null)[], step = HOUR): Point[] =>
  values.map((value, at) => [Date.parse(from) + at * step, value] as const);

/** What was measured, what is forecast with its band, and, as thin lines over what came, what had been forecast. */
export function ForecastChart({ load, forecasts: { forecast, past } }: { load: Load; forecasts: Forecasts }) {
  const { t, i18n } = useTranslation('forecasts');
  const exact = useExactTime();
  const series: Series[] = [
    { name: t('target.measured'), points: hourly(load.starts_at, load.mean, load.step_minutes * 60_000), colour: 0 },
  ];
  if (forecast) {
    const start = Date.parse(forecast.issued_at);
    series.push({
      name: t('target.forecast'),
      points: hourly(forecast.issued_at, forecast.median),
      colour: 1,
      dashed: true,
      band: forecast.low.map((low, at) => [start + at * HOUR, low, forecast.high[at] ?? low] as const),
    });
  }
  for (const [at, one] of past.slice(0, DRAWN).entries())
    series.push({
      name: t('target.past', { at: exact(Date.parse(one.issued_at)) }),
      points: hourly(one.issued_at, one.median),
      colour: 2 + at,
      dashed: true,
    });
  return (
    <TimeChart
      title={t('target.chart')}
      series={series}
      height={320}
      min={0}
      format={(value) => formatPercent(value / 100, i18n.language)}
    />
  );
}
