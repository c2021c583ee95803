/** Where the time from submit to running went, of the replica that ran last. Pure. */
import type { Job, Replica } from '../api';

export const STAGES = ['queue', 'make', 'node', 'image'] as const;
export type Stage = (typeof STAGES)[number];

export interface Start {
  seconds: number;
  parts: { stage: Stage; seconds: number }[];
  last: Replica;
}

type Times = Pick<Job, 'attempt' | 'queued_at' | 'admitted_at'>;

/**
 * null until every replica runs, or has run. A stage that is not told apart (on this machine there are no pods) goes into
 * the one after it; clocks of a cluster that are behind make a stage zero, never negative.
 */
export function startOf(job: Times, replicas: readonly Replica[]): Start | null {
  if (replicas.length === 0 || replicas.some((replica) => replica.started_at === null)) return null;
  const last = replicas.reduce((one, other) => (at(other.started_at) > at(one.started_at) ? other : one));
  // A further attempt did not queue for its quota again: it begins when its replicas are made.
  const first = job.attempt === 1;
  let since = at((first ? job.queued_at : null) ?? job.admitted_at);
  if (!first) since = Math.max(since, at(last.made_at));
  if (Number.isNaN(since)) return null;
  const ends: Record<Stage, string | null> = {
    queue: first ? job.admitted_at : null,
    make: last.made_at,
    node: last.scheduled_at,
    image: last.started_at,
  };
  const parts = STAGES.flatMap((stage) => {
    if (ends[stage] === null) return [];
    const until = Math.max(since, at(ends[stage]));
    const seconds = (until - since) / 1000;
    since = until;
    return [{ stage, seconds }];
  });
  return { seconds: parts.reduce((sum, part) => sum + part.seconds, 0), parts, last };
}

/** Below this nothing is slow. */
export const SLOW_SECONDS = 30;

/** The stage that took most of a slow start. */
export function slowest(start: Start): Stage | null {
  const longest = start.parts.reduce((one, other) => (other.seconds > one.seconds ? other : one));
  return longest.seconds >= SLOW_SECONDS && longest.seconds >= start.seconds / 2 ? longest.stage : null;
}

const at = (time: string | null) => (time === null ? Number.NaN : Date.parse(time));
