/** The way of a job as a strip: what it went through, where it is, what is ahead. */
import type { Job } from '../api';

export interface Step {
  phase: string;
  state: 'past' | 'now' | 'ahead';
  since: string | null;
  /** null while it lasts. */
  until: string | null;
}

type Times = Pick<Job, 'phase' | 'queued_at' | 'admitted_at' | 'started_at' | 'finished_at'>;

const ENDS = ['succeeded', 'failed', 'cancelled'];
const HELD_UP = ['suspended', 'preempted', 'restarting'];

export function strip(job: Times): Step[] {
  const { phase } = job;
  const end = ENDS.includes(phase) ? job.finished_at : null;
  const now = (at: string) => at === phase;
  if (phase === 'draft')
    return ['draft', 'queued', 'starting', 'running'].map((name, index) => step(name, index === 0 ? 'now' : 'ahead'));
  const steps: Step[] = [];
  const waited = phase === 'queued' && !ended(job.admitted_at, job.queued_at);
  steps.push(
    waited ? step('queued', 'now', job.queued_at) : step('queued', 'past', job.queued_at, job.admitted_at ?? end),
  );
  const started = ended(job.started_at, job.admitted_at) && phase !== 'admitted' && phase !== 'starting';
  if (!waited && job.admitted_at) {
    if (now('admitted') || now('starting')) steps.push(step(phase, 'now', job.admitted_at));
    else steps.push(step('starting', 'past', job.admitted_at, started ? job.started_at : end));
  }
  if (!waited && started && job.started_at) {
    if (now('running')) steps.push(step('running', 'now', job.started_at));
    else steps.push(step('running', 'past', job.started_at, end));
  }
  if (HELD_UP.includes(phase)) steps.push(step(phase, 'now'));
  if (ENDS.includes(phase)) steps.push(step(phase, 'now', job.finished_at, job.finished_at));
  else {
    const ahead = ['queued', 'starting', 'running', 'succeeded'];
    const reached = Math.max(...steps.map((one) => ahead.indexOf(one.phase === 'admitted' ? 'starting' : one.phase)));
    for (const name of ahead.slice(reached + 1)) steps.push(step(name, 'ahead'));
  }
  return steps;
}

const step = (phase: string, state: Step['state'], since: string | null = null, until: string | null = null): Step => ({
  phase,
  state,
  since,
  until,
});

/** Whether `later` is known and not of an earlier round than `earlier`. */
const ended = (later: string | null, earlier: string | null): boolean =>
  later !== null && (earlier === null || Date.parse(later) >= Date.parse(earlier));
