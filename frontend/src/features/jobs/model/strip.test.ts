import { applyEvent } from '@shared/live/applyEvent';
import type { LiveEvent } from '@shared/live/protocol';
import { describe, expect, it } from 'vitest';
import type { Job } from '../api';
import { strip } from './strip';

const at = (minute: number) => `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z`;
const times = { queued_at: null, admitted_at: null, started_at: null, finished_at: null };
const shown = (job: Parameters<typeof strip>[0]) => strip(job).map((step) => `${step.state} ${step.phase}`);

describe('the way of a job', () => {
  it('is all ahead of a draft', () =>
    expect(shown({ phase: 'draft', ...times })).toEqual([
      'now draft',
      'ahead queued',
      'ahead starting',
      'ahead running',
    ]));

  it('shows where it is and what is ahead', () => {
    expect(shown({ phase: 'queued', ...times, queued_at: at(0) })).toEqual([
      'now queued',
      'ahead starting',
      'ahead running',
      'ahead succeeded',
    ]);
    expect(shown({ phase: 'running', ...times, queued_at: at(0), admitted_at: at(1), started_at: at(2) })).toEqual([
      'past queued',
      'past starting',
      'now running',
      'ahead succeeded',
    ]);
  });

  it('ends with its end', () => {
    const ended = { queued_at: at(0), admitted_at: at(1), started_at: at(2), finished_at: at(9) };
    expect(shown({ phase: 'failed', ...ended })).toEqual([
      'past queued',
      'past starting',
      'past running',
      'now failed',
    ]);
    expect(shown({ phase: 'cancelled', ...times, queued_at: at(0), finished_at: at(3) })).toEqual([
      'past queued',
      'now cancelled',
    ]);
  });

  it('queues again after it was displaced, whatever it did before', () => {
    expect(shown({ phase: 'queued', ...times, queued_at: at(5), admitted_at: at(1), started_at: at(2) })[0]).toBe(
      'now queued',
    );
  });
});

describe('an event of a job', () => {
  const job = { id: 'a', version: 3, phase: 'queued', progress: null } as unknown as Job;
  const page = { results: [job], next: null, previous: null, count: 1, count_is_exact: true };
  const event = (version: number, object: object | null, op: LiveEvent['op'] = 'changed') =>
    ({
      is: 'event',
      kind: 'job',
      object_id: 'a',
      version,
      op,
      object,
      project_id: 'p',
      id: 's',
      epoch: 'e',
      seq: 1,
    }) as unknown as LiveEvent;

  it('brings the row to what a fresh read would show', () => {
    const fresh = { ...job, version: 4, phase: 'running', progress: 0.1 };
    expect(applyEvent(page as never, event(4, fresh)).results).toEqual([fresh]);
  });

  it('changes nothing when it is old or came twice', () => {
    const once = applyEvent(page as never, event(4, { ...job, version: 4, phase: 'running' }));
    expect(applyEvent(once, event(4, { ...job, version: 4, phase: 'running' }))).toBe(once);
    expect(applyEvent(once, event(2, { ...job, version: 2, phase: 'draft' }))).toBe(once);
  });
});
