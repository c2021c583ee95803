/** Metrics over REST: thinned out by the server to what a chart can show. */
import { http } from '@shared/api/http';
import type { TimeRange } from '@shared/charts/types';
import { queryOptions } from '@tanstack/react-query';
import { MOST_POINTS, type Series } from './model/series';

/** Whose metrics: `base` is its path in the API, such as /projects/<id>/jobs/<id>/. */
export interface MetricSubject {
  kind: string;
  id: string;
  base: string;
}

interface WireSeries {
  name: string;
  attempt: number;
  rank: number | null;
  points: [at: string, value: number][];
}

export const metricsQuery = (
  subject: MetricSubject,
  attempt: number,
  range: TimeRange | null,
  names?: readonly string[],
) =>
  queryOptions({
    queryKey: ['metrics', subject.id, attempt, range, names ?? null],
    queryFn: async ({ signal }): Promise<readonly Series[]> => {
      const answer = await http.get<{ series: WireSeries[] }>(`${subject.base}metrics/`, {
        query: {
          attempt,
          names: names?.join(','),
          since: range && new Date(range.from).toISOString(),
          until: range && new Date(range.to).toISOString(),
          points: MOST_POINTS,
        },
        signal,
      });
      return answer.series.map((series) => ({
        ...series,
        points: series.points.map(([at, value]) => ({ at: Date.parse(at), value })),
      }));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
