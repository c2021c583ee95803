import { isProblem } from '@shared/api/problem';
import { useTimeZone } from '@shared/components/values';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timesQuery } from '../api';
import { cronWords } from '../model/words';

/** "Every day at 02:00 (Europe/Berlin)", with the expression where words would not be exact. */
export function useCronWords() {
  const { t, i18n } = useTranslation('schedules');
  return (cron: string): string | null => {
    const words = cronWords(cron);
    if (!words) return null;
    switch (words.key) {
      case 'everyMinutes':
        return t('cron.everyMinutes', { count: words.count });
      case 'weekly': {
        // 4 January 2026 is a Sunday.
        const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
        const days = words.days.map((day) => name.format(new Date(Date.UTC(2026, 0, 4 + day))));
        return t('cron.weekly', { time: words.time, days: new Intl.ListFormat(i18n.language).format(days) });
      }
      case 'everyMinute':
        return t('cron.everyMinute');
      case 'hourly':
        return t('cron.hourly', { minute: words.minute });
      case 'monthly':
        return t('cron.monthly', { time: words.time, day: words.day });
      default:
        return t(`cron.${words.key}`, { time: words.time });
    }
  };
}

export function CronText({ cron, zone }: { cron: string; zone: string }) {
  const words = useCronWords()(cron);
  return (
    <span>
      {words ?? <code className="mono">{cron}</code>} <span className="muted">({zone})</span>
    </span>
  );
}

const CELL = { textAlign: 'start', paddingInlineEnd: 24 } as const;

/** Due times as clocks show them where the schedule is meant, and where the reader is when that is elsewhere. */
export function DueTimes({ times, zone }: { times: readonly string[]; zone: string }) {
  const { t, i18n } = useTranslation('schedules');
  const mine = useTimeZone();
  const format = (in_: string) =>
    new Intl.DateTimeFormat(i18n.language, {
      weekday: 'short',
      dateStyle: undefined,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone: in_,
    });
  const zones = zone === mine ? [zone] : [zone, mine];
  return (
    <table className="due-times tabular">
      <caption className="visually-hidden">{t('next')}</caption>
      <thead>
        <tr>
          {zones.map((one, index) => (
            <th key={one} scope="col" className="muted" style={CELL}>
              {index === 0 ? one : t('yourZone', { zone: one })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {times.map((at) => (
          <tr key={at}>
            {zones.map((one) => (
              <td key={one} style={CELL}>
                <time dateTime={at}>{format(one).format(new Date(at))}</time>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What an expression means, while it is typed: in words, and the next five times. */
export function CronPreview({ cron, zone }: { cron: string; zone: string }) {
  const { t } = useTranslation('schedules');
  const words = useCronWords()(cron);
  const [asked, setAsked] = useState({ cron, zone });
  useEffect(() => {
    const later = setTimeout(() => setAsked({ cron, zone }), 300);
    return () => clearTimeout(later);
  }, [cron, zone]);
  const { data, error } = useQuery(timesQuery(asked.cron, asked.zone));
  return (
    <div aria-live="polite" style={{ marginBottom: 16 }}>
      {words ? <p style={{ margin: '0 0 4px' }}>{words}</p> : null}
      {error ? (
        <p className="muted">{isProblem(error) ? (error.fields[0]?.detail ?? error.message) : error.message}</p>
      ) : data && asked.cron.trim() ? (
        <>
          <p className="muted" style={{ margin: '0 0 4px' }}>
            {t('next')}
          </p>
          <DueTimes times={data.times} zone={data.time_zone} />
        </>
      ) : null}
    </div>
  );
}
