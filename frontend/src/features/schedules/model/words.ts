/** Common cron expressions as a key of the dictionary with its values; null for those that only the next times explain. */
export type CronWords =
  | { key: 'everyMinute' }
  | { key: 'everyMinutes'; count: number }
  | { key: 'hourly'; minute: string }
  | { key: 'daily'; time: string }
  | { key: 'weekdays'; time: string }
  | { key: 'weekly'; time: string; days: number[] }
  | { key: 'monthly'; time: string; day: number };

const number = (text: string, most: number): number | null => {
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
};

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const dayOf = (text: string): number | null => {
  const named = DAYS.indexOf(text.toUpperCase());
  const value = named >= 0 ? named : number(text, 7);
  return value === null ? null : value % 7;
};

export function cronWords(cron: string): CronWords | null {
  const [minute, hour, day, month, weekday, more] = cron.trim().split(/\s+/);
  if (!minute || !hour || !day || !month || !weekday || more !== undefined || month !== '*') return null;
  const everyDay = day === '*' && weekday === '*';
  if (everyDay && hour === '*') {
    if (minute === '*') return { key: 'everyMinute' };
    const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
    if (step && 60 % Number(step) === 0) return { key: 'everyMinutes', count: Number(step) };
    const at = number(minute, 59);
    return at === null ? null : { key: 'hourly', minute: String(at).padStart(2, '0') };
  }
  const [h, m] = [number(hour, 23), number(minute, 59)];
  if (h === null || m === null) return null;
  const time = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
  if (everyDay) return { key: 'daily', time };
  if (weekday === '*') {
    const of = number(day, 31);
    return of === null ? null : { key: 'monthly', time, day: of };
  }
  if (day !== '*') return null;
  if (/^(1-5|MON-FRI)$/i.test(weekday)) return { key: 'weekdays', time };
  const days = weekday.split(',').map(dayOf);
  return days.some((one) => one === null) ? null : { key: 'weekly', time, days: days as number[] };
}
