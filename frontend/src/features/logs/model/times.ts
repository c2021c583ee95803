/** How the time of a line is written: to the millisecond, in the reader's zone. */
export interface Clock {
  short: (at: number) => string;
  /** The zone's name, said once below the lines. */
  zone: string;
}

export function clock(language: string, zone: string): Clock {
  const timeZone = zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  const offset = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(Date.now())
    .find((part) => part.type === 'timeZoneName')?.value;
  return {
    short: (at) => {
      const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
      for (const { type, value } of format.formatToParts(at)) part[type] = value;
      return `${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}.${part.fractionalSecond}`;
    },
    zone: offset && offset !== timeZone && timeZone !== 'UTC' ? `${timeZone} (${offset})` : timeZone,
  };
}
