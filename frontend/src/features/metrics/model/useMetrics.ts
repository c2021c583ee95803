import type { TimeRange } from '@shared/charts/types';
import { LiveContext } from '@shared/live/useStream';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect } from 'react';
import { type MetricSubject, metricsQuery } from '../api';
import { joinSeries, MOST_POINTS, type Series, thin } from './series';

/** Points come many a second; the charts are drawn twice a second. */
const COLLECTED_MS = 500;

/** The series of one attempt: what the server kept, and what comes. A closed range does not grow. */
export function useMetrics(subject: MetricSubject, attempt: number, range: TimeRange | null) {
  const cache = useQueryClient();
  const live = useContext(LiveContext);
  const { kind, id, base } = subject;
  const options = metricsQuery({ kind, id, base }, attempt, range);
  const answer = useQuery({ ...options, enabled: attempt > 0 });
  const key = JSON.stringify(options.queryKey);
  const follows = range === null && attempt > 0;
  useEffect(() => {
    if (!live || !follows) return;
    let waiting: Series[] = [];
    const queryKey = JSON.parse(key) as typeof options.queryKey;
    const timer = setInterval(() => {
      if (waiting.length === 0) return;
      const incoming = waiting;
      waiting = [];
      cache.setQueryData<readonly Series[]>(queryKey, (known) => known && bounded(joinSeries(known, incoming)));
    }, COLLECTED_MS);
    const stop = live.followMetrics(
      { kind, id },
      {
        onPoints: (of, rank, points) => {
          if (of !== attempt) return;
          for (const [name, at, value] of points)
            waiting = [...joinSeries(waiting, [{ name, rank, attempt, points: [{ at: Date.parse(at), value }] }])];
        },
        onPoll: () => void cache.invalidateQueries({ queryKey, exact: true }),
      },
    );
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [live, follows, key, kind, id, attempt, cache]);
  return answer;
}

const bounded = (all: readonly Series[]): readonly Series[] =>
  all.map((series) => (series.points.length > 2 * MOST_POINTS ? { ...series, points: thin(series.points) } : series));
