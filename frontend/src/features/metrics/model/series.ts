/** Series of measured values: joined from what REST gave and what the socket adds, with their gaps kept visible. */
import type { TimeRange } from '@shared/charts/types';

export interface Point {
  /** Milliseconds since 1970. */
  at: number;
  value: number;
}

export interface Series {
  name: string;
  /** null: of the subject as a whole. */
  rank: number | null;
  attempt: number;
  points: readonly Point[];
}

export type SeriesKey = string;

export const seriesKey = (series: Pick<Series, 'name' | 'rank' | 'attempt'>): SeriesKey =>
  `${series.attempt}/${series.rank ?? '-'}/${series.name}`;

/** More points than this are not drawn; the server thins out history to as many. */
export const MOST_POINTS = 1000;

/** Points by time, each moment once; what came last wins. */
export function joinPoints(known: readonly Point[], incoming: readonly Point[]): readonly Point[] {
  if (incoming.length === 0) return known;
  const last = known.at(-1);
  const inOrder = incoming.every(
    (point, index) => point.at > (index > 0 ? (incoming[index - 1] as Point).at : (last?.at ?? -Infinity)),
  );
  if (inOrder) return [...known, ...incoming];
  const byTime = new Map(known.map((point) => [point.at, point]));
  for (const point of incoming) byTime.set(point.at, point);
  return [...byTime.values()].sort((one, other) => one.at - other.at);
}

export function joinSeries(known: readonly Series[], incoming: readonly Series[]): readonly Series[] {
  const joined = new Map(known.map((series) => [seriesKey(series), series]));
  for (const series of incoming) {
    const before = joined.get(seriesKey(series));
    joined.set(seriesKey(series), before ? { ...before, points: joinPoints(before.points, series.points) } : series);
  }
  return [...joined.values()];
}

/** Thin out to at most `most` points, keeping the lowest and highest of each stretch, so that no peak disappears. */
export function thin(points: readonly Point[], most = MOST_POINTS): readonly Point[] {
  if (points.length <= most) return points;
  const stretches = Math.max(1, Math.floor(most / 2));
  const kept: Point[] = [];
  for (let index = 0; index < stretches; index += 1) {
    const part = points.slice(
      Math.floor((index * points.length) / stretches),
      Math.floor(((index + 1) * points.length) / stretches),
    );
    const low = part.reduce((one, other) => (other.value < one.value ? other : one));
    const high = part.reduce((one, other) => (other.value > one.value ? other : one));
    kept.push(...(low === high ? [low] : low.at < high.at ? [low, high] : [high, low]));
  }
  return kept;
}

/** What a chart draws: [time, value], with a null wherever nothing came for much longer than usual. */
export function drawn(points: readonly Point[]): [number, number | null][] {
  const steps = points
    .slice(1)
    .map((point, index) => point.at - (points[index] as Point).at)
    .sort((one, other) => one - other);
  const usual = steps[steps.length >> 1] ?? 0;
  const longest = Math.max(usual * 5, 15_000);
  const pairs: [number, number | null][] = [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before && point.at - before.at > longest) pairs.push([(before.at + point.at) / 2, null]);
    pairs.push([point.at, point.value]);
  });
  return pairs;
}

export const inRange = (points: readonly Point[], range: TimeRange | null): readonly Point[] =>
  range ? points.filter((point) => point.at >= range.from && point.at <= range.to) : points;

/** Exponential smoothing, 0 (none) to 0.99; corrected so that the start is not drawn towards zero. */
export function smooth(points: readonly Point[], weight: number): readonly Point[] {
  if (weight <= 0) return points;
  let sum = 0;
  let scale = 0;
  return points.map((point) => {
    sum = sum * weight + point.value * (1 - weight);
    scale = scale * weight + (1 - weight);
    return { at: point.at, value: sum / scale };
  });
}

/** What the chart of a name is grouped with: the name without "train_", "val_" and the like, so that they share axes. */
export const familyOf = (name: string): string => name.replace(/^(?:train|val|valid|validation|test|eval)[_./-]/, '');

/** Charts in the order a person looks for them: what the workload says first, then what the machine says. */
export function families(series: readonly Series[]): { family: string; series: Series[] }[] {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const family = familyOf(one.name);
    groups.set(family, [...(groups.get(family) ?? []), one]);
  }
  const place = (family: string): number => {
    const first = ['loss', 'accuracy'].indexOf(family);
    if (first >= 0) return first;
    return MACHINE.has(family) ? 1000 : 100;
  };
  return [...groups]
    .map(([family, members]) => ({
      family,
      series: members.sort((one, other) => (one.rank ?? -1) - (other.rank ?? -1)),
    }))
    .sort((one, other) => place(one.family) - place(other.family) || one.family.localeCompare(other.family));
}

/** Measured by the portal, not reported by the workload. */
export const MACHINE: ReadonlySet<string> = new Set(['cpu_millicores', 'memory_bytes']);
