/** Quantities as people read them. Pure; the words come from the caller's language. */

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** 1536 -> "1.5 KiB". */
export function formatBytes(bytes: number, language = 'en'): string {
  const step = bytes === 0 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(Math.abs(bytes)) / 10));
  return `${formatNumber(bytes / 1024 ** step, language)} ${BYTES[step]}`;
}

/** "2 GiB", "512Mi", "1.5g" or a plain number of bytes -> bytes; null for what is none. */
export function parseBytes(text: string): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?)b?\s*$/i.exec(text);
  if (!found) return null;
  const exponent = ' kmgtp'.indexOf((found[2] ?? '').toLowerCase() || ' ');
  return Math.round(Number(found[1]) * 1024 ** exponent);
}

/** At most two decimals below 10, one below 100, none above; grouped. */
export function formatNumber(value: number, language = 'en'): string {
  const size = Math.abs(value);
  return new Intl.NumberFormat(language, { maximumFractionDigits: size < 10 ? 2 : size < 100 ? 1 : 0 }).format(value);
}

export const formatPercent = (ratio: number, language = 'en') =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: ratio < 0.1 ? 1 : 0 }).format(ratio);

/** The two largest units of a time span: 7385 -> [["h", 2], ["m", 3]]. */
export function splitDuration(seconds: number): [unit: 'd' | 'h' | 'm' | 's', value: number][] {
  const rounded = Math.max(0, Math.round(seconds));
  const parts: ['d' | 'h' | 'm' | 's', number][] = [
    ['d', Math.floor(rounded / 86_400)],
    ['h', Math.floor(rounded / 3600) % 24],
    ['m', Math.floor(rounded / 60) % 60],
    ['s', rounded % 60],
  ];
  const first = parts.findIndex(([, value]) => value > 0);
  if (first === -1) return [['s', 0]];
  return parts.slice(first, first + 2).filter(([, value], index) => index === 0 || value > 0);
}

export type Resource = 'cpu' | 'memory' | 'gpu' | 'fpga' | 'rdma' | (string & {});

export interface Amount {
  flavor: string;
  resource: Resource;
  amount: number;
}

/** What people count a resource in: cores, bytes, pieces. */
export function formatAmount(resource: Resource, amount: number, language = 'en'): string {
  if (resource === 'memory') return formatBytes(amount, language);
  return formatNumber(resource === 'cpu' ? amount / 1000 : amount, language);
}

/** A percentage of a whole that may be zero, between 0 and 100. */
export const share = (part: number, whole: number) =>
  whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0;
