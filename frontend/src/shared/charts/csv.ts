import type { Series } from './types';

/** One row a time, one column a series; empty where a series has no value. */
export function rowsOf(series: readonly Series[]): [time: number, ...values: (number | null)[]][] {
  const rows = new Map<number, (number | null)[]>();
  series.forEach((one, index) => {
    for (const [time, value] of one.points) {
      const row = rows.get(time) ?? new Array<number | null>(series.length).fill(null);
      row[index] = value;
      rows.set(time, row);
    }
  });
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([time, values]) => [time, ...values]);
}

/** RFC 4180; names that a spreadsheet would take for a formula are defused. */
export function csvOf(series: readonly Series[]): string {
  const head = ['time', ...series.map((one) => cell(one.name))];
  const body = rowsOf(series).map(([time, ...values]) => [new Date(time).toISOString(), ...values.map((v) => v ?? '')]);
  return [head, ...body].map((row) => row.join(',')).join('\r\n');
}

const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
