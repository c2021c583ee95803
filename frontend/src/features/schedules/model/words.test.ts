import { describe, expect, it } from 'vitest';
import { cronWords } from './words';

describe('A cron expression in words', () => {
  it.each([
    ['* * * * *', { key: 'everyMinute' }],
    ['*/15 * * * *', { key: 'everyMinutes', count: 15 }],
    ['5 * * * *', { key: 'hourly', minute: '05' }],
    ['0 2 * * *', { key: 'daily', time: '02:00' }],
    ['30 2 * * 1-5', { key: 'weekdays', time: '02:30' }],
    ['0 9 * * MON,7', { key: 'weekly', time: '09:00', days: [1, 0] }],
    ['0 9 1 * *', { key: 'monthly', time: '09:00', day: 1 }],
  ])('%s', (cron, words) => {
    expect(cronWords(cron)).toEqual(words);
  });

  it.each(['', '* * * *', '*/7 * * * *', '0 2 1 * 1', '0 2 L * *', '0 2 * 6 *', '61 * * * *', '0 0-6 * * *'])(
    'is not guessed: %s',
    (cron) => {
      expect(cronWords(cron)).toBeNull();
    },
  );
});
