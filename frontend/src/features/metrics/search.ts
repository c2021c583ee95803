/** The time range that all charts of a page share, in the address. */

import type { TimeRange } from '@shared/charts/types';
import { z } from 'zod';

export const metricSearch = z.object({
  since: z.iso.datetime().optional().catch(undefined),
  until: z.iso.datetime().optional().catch(undefined),
});

export type MetricSearch = z.infer<typeof metricSearch>;

export function rangeOf(search: MetricSearch): TimeRange | null {
  if (!search.since || !search.until) return null;
  const range = { from: Date.parse(search.since), to: Date.parse(search.until) };
  return range.to > range.from ? range : null;
}

export const searchOf = (range: TimeRange | null): MetricSearch =>
  range
    ? { since: new Date(range.from).toISOString(), until: new Date(range.to).toISOString() }
    : { since: undefined, until: undefined };
