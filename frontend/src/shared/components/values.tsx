/** Values in the running text and in tables: one way to write each, exact on hover. */
import { type Amount as AmountRow, formatAmount, formatBytes, splitDuration } from '@shared/lib/units';
import { sessionQuery } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

/** The zone that times are shown in: the account's, else the browser's. */
export function useTimeZone(): string {
  const session = useQuery({ ...sessionQuery, enabled: false }).data;
  return session?.user.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const clock = {
  now: Date.now(),
  watchers: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
};

/** One clock for all relative times of the page; it rests while nobody looks. */
function watchClock(changed: () => void) {
  clock.watchers.add(changed);
  clock.timer ??= setInterval(() => {
    clock.now = Date.now();
    for (const watcher of clock.watchers) watcher();
  }, 1000);
  return () => {
    clock.watchers.delete(changed);
    if (clock.watchers.size > 0) return;
    clearInterval(clock.timer);
    clock.timer = undefined;
  };
}

/** The time now, in steps of `seconds`. */
export const useNow = (seconds = 1) =>
  useSyncExternalStore(watchClock, () => Math.floor(Math.max(clock.now, 0) / (seconds * 1000)) * seconds * 1000);

export function useExactTime() {
  const { i18n } = useTranslation();
  const zone = useTimeZone();
  const format = new Intl.DateTimeFormat(i18n.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: zone,
    hour12: false,
  });
  return (at: string | number | Date) => `${format.format(new Date(at))} (${zone})`;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export function relative(at: number, now: number, language: string): string {
  const seconds = (at - now) / 1000;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** "3 minutes ago", with the exact time and its zone on hover and focus. */
export function RelativeTime({ at, none = '—' }: { at: string | null | undefined; none?: string }) {
  const { i18n } = useTranslation();
  const exact = useExactTime();
  const now = Math.max(useNow(5), 0);
  if (!at) return <span className="muted">{none}</span>;
  const then = new Date(at).getTime();
  // That clock ticks every 5 s: what happened since its last tick is not to come.
  const shown = then > now && then < now + 5000 ? now : then;
  return (
    <Tooltip title={exact(at)}>
      <time dateTime={at} className="tabular">
        {relative(shown, now, i18n.language)}
      </time>
    </Tooltip>
  );
}

export function ExactTime({ at }: { at: string }) {
  const exact = useExactTime();
  return (
    <time dateTime={at} className="tabular">
      {exact(at)}
    </time>
  );
}

export function useDuration() {
  const { t } = useTranslation();
  return (seconds: number) =>
    splitDuration(seconds)
      .map(([unit, value]) => t(`duration.${unit}`, { value }))
      .join(' ');
}

/** A time span; from `since` until now it keeps counting. */
export function Duration({
  seconds,
  since,
  until,
}: {
  seconds?: number;
  since?: string | null;
  until?: string | null;
}) {
  const words = useDuration();
  const now = useNow(1);
  const span =
    seconds ?? (since ? ((until ? new Date(until).getTime() : now) - new Date(since).getTime()) / 1000 : undefined);
  return span === undefined ? <span className="muted">—</span> : <span className="tabular">{words(span)}</span>;
}

export function Bytes({ value }: { value: number }) {
  const { i18n } = useTranslation();
  return (
    <Tooltip title={`${value.toLocaleString(i18n.language)} B`}>
      <span className="tabular">{formatBytes(value, i18n.language)}</span>
    </Tooltip>
  );
}

export function useAmount() {
  const { t, i18n } = useTranslation();
  return useCallback(
    (resource: string, amount: number) => {
      const text = formatAmount(resource, amount, i18n.language);
      return resource === 'memory' ? text : t(`amount.${known(resource)}`, { text });
    },
    [t, i18n.language],
  );
}

const known = (resource: string) =>
  resource === 'cpu' || resource === 'gpu' || resource === 'fpga' || resource === 'rdma' ? resource : 'other';

/** "8 GPU a100 · 32 CPU · 64 GiB" */
export function Amounts({ rows }: { rows: readonly AmountRow[] }) {
  const amount = useAmount();
  if (rows.length === 0) return <span className="muted">—</span>;
  const text = rows
    .map((row) => amount(row.resource, row.amount) + (isDevice(row.resource) ? ` ${row.flavor}` : ''))
    .join(' · ');
  return (
    <span className="tabular" title={text}>
      {text}
    </span>
  );
}

export const isDevice = (resource: string) => resource !== 'cpu' && resource !== 'memory';
