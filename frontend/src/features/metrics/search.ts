/** The time range that all charts of a page share, in the address. */

import type { TimeRange } from '@shared/charts/types';
import { moment, type SearchOf, search } from '@shared/routing/search';

export const metricSearch = search({
  since: moment,
  until: moment,
});

export type MetricSearch = SearchOf<typeof metricSearch>;

export function rangeOf(view: MetricSearch): TimeRange | null {
  if (!view.since || !view.until) return null;
  const range = { from: Date.parse(view.since), to: Date.parse(view.until) };
  return range.to > range.from ? range : null;
}

export const searchOf = (range: TimeRange | null): MetricSearch =>
  range
    ? { since: new Date(range.from).toISOString(), until: new Date(range.to).toISOString() }
    : { since: undefined, until: undefined };
