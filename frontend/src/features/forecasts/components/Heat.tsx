import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useExactTime } from '@shared/components/values';
import { formatPercent } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Heat, heatQuery } from '../api';
import '../forecasts.css';

const HOUR = 3_600_000;
/** So many hosts fit a page; the list below has all. */
const SHOWN = 60;
/** Loads from here on look alike: few machines are ever busier. */
const DARKEST = 50;

const colour = (load: number | null, ink: string) =>
  load === null
    ? 'transparent'
    : `color-mix(in oklab, var(${ink}) ${Math.round(Math.min(load / DARKEST, 1) * 95 + 5)}%, var(--hanse-ground))`;

/** One gradient a row, not an element an hour: a map of sixty hosts has six thousand hours. */
export function stripes({ measured, forecast }: Pick<Heat, 'measured' | 'forecast'>): string {
  const hours = [
    ...measured.map((load) => colour(load, '--hanse-primary')),
    ...forecast.map((load) => colour(load, '--hanse-information')),
  ];
  const width = 100 / hours.length;
  return `linear-gradient(to right, ${hours.map((one, at) => `${one} ${at * width}% ${(at + 1) * width}%`).join(', ')})`;
}

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The load of one target by hour, what came and what is expected. */
export function Strip({ heat }: { heat: Heat }) {
  const { t, i18n } = useTranslation('forecasts');
  const exact = useExactTime();
  const [under, setUnder] = useState('');
  const percent = (value: number) => formatPercent(value / 100, i18n.language);
  const hours = [...heat.measured, ...heat.forecast];
  const part = (values: readonly (number | null)[], said: 'heat.came' | 'heat.ahead') => {
    const there = known(values);
    return there.length ? t(said, { mean: percent(mean(there)), high: percent(Math.max(...there)) }) : '';
  };
  const label = [part(heat.measured, 'heat.came'), part(heat.forecast, 'heat.ahead')].filter(Boolean).join(' ');
  const show = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.min(Math.floor(((event.clientX - box.left) / box.width) * hours.length), hours.length - 1);
    const load = hours[at] ?? null;
    const when = exact(Date.parse(heat.starts_at) + at * HOUR);
    setUnder(load === null ? t('heat.unknownAt', { when }) : t('heat.at', { when, load: percent(load) }));
  };
  return (
    <span
      className="heat-strip"
      role="img"
      aria-label={`${heat.name}: ${label || t('heat.unknown')}`}
      title={under}
      onPointerMove={show}
      style={{ background: stripes(heat) }}
    />
  );
}

/** Hosts by hour; nothing where there is no host. */
export function HeatMap() {
  const { t } = useTranslation('forecasts');
  const heat = useQuery(heatQuery({ kind: 'host', limit: SHOWN }));
  if (heat.error && !heat.data) return <ErrorPanel error={heat.error} retry={() => void heat.refetch()} />;
  const rows = heat.data?.results ?? [];
  if (!rows.length) return null;
  return (
    <section aria-label={t('heat.title')} style={{ marginBottom: 24 }}>
      <h2>{t('heat.title')}</h2>
      <p className="muted">
        {t('heat.text')} {heat.data?.next ? t('heat.first', { count: SHOWN }) : null}
      </p>
      <div className="heat-map">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
        <span />
        <span className="heat-axis muted" aria-hidden="true">
          {(['−48 h', '−24 h', t('heat.now'), '+24 h', '+48 h'] as const).map((mark) => (
            <span key={mark}>{mark}</span>
          ))}
        </span>
      </div>
    </section>
  );
}

function Row({ row }: { row: Heat }) {
  return (
    <>
      <Link to="/platform/fleet/$target" params={{ target: row.id }}>
        {row.name}
      </Link>
      <Strip heat={row} />
    </>
  );
}
