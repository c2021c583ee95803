/** How the time of a line is written: to the millisecond, in the reader's zone. */
export interface Clock {
  short: (at: number) => string;
  /** The zone's name, said once below the lines. */
  zone: string;
}

export function clock(language: string, zone: string): Clock {
  const options = zone ? { timeZone: zone } : {};
  const day = new Intl.DateTimeFormat('sv-SE', { ...options, month: '2-digit', day: '2-digit' });
  const moment = new Intl.DateTimeFormat('sv-SE', {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
  const named = new Intl.DateTimeFormat(language, { ...options, timeZoneName: 'short' });
  return {
    short: (at) => `${day.format(at)} ${moment.format(at).replace(',', '.')}`,
    zone: `${zone || Intl.DateTimeFormat().resolvedOptions().timeZone} ${named.formatToParts(0).find((part) => part.type === 'timeZoneName')?.value ?? ''}`,
  };
}
