import { describe, expect, it } from 'vitest';
import type { Replica } from '../api';
import { slowest, startOf } from './start';

const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, second)).toISOString();
const job = { attempt: 1, queued_at: at(0), admitted_at: at(10) };
const replica = (times: Partial<Replica>) =>
  ({ rank: 0, made_at: null, scheduled_at: null, started_at: null, ...times }) as Replica;
const stages = (start: ReturnType<typeof startOf>) => start?.parts.map(({ stage, seconds }) => `${stage} ${seconds}`);

describe('the start of a job', () => {
  it('is that of the replica that ran last, stage by stage', () => {
    const quick = replica({ made_at: at(11), scheduled_at: at(12), started_at: at(13) });
    const slow = replica({ rank: 1, made_at: at(11), scheduled_at: at(14), started_at: at(95) });

    const start = startOf(job, [quick, slow]);

    expect(start?.last.rank).toBe(1);
    expect(start?.seconds).toBe(95);
    expect(stages(start)).toEqual(['queue 10', 'make 1', 'node 3', 'image 81']);
    expect(start && slowest(start)).toBe('image');
  });

  it('is not known before all run', () =>
    expect(startOf(job, [replica({ started_at: at(12) }), replica({ rank: 1 })])).toBeNull());

  it('has no stages of pods where there are none', () =>
    expect(stages(startOf(job, [replica({ started_at: at(12) })]))).toEqual(['queue 10', 'image 2']));

  it('of a further attempt begins when its replicas are made', () => {
    const again = replica({ made_at: at(300), scheduled_at: at(301), started_at: at(305) });

    expect(stages(startOf({ ...job, attempt: 2 }, [again]))).toEqual(['make 0', 'node 1', 'image 4']);
  });

  it('of a further attempt without pods is not told', () =>
    expect(startOf({ ...job, attempt: 2 }, [replica({ started_at: at(400) })])).toBeNull());

  it('never goes backwards when the clock of a cluster is behind', () => {
    const behind = replica({ made_at: at(5), scheduled_at: at(6), started_at: at(14) });

    expect(stages(startOf(job, [behind]))).toEqual(['queue 10', 'make 0', 'node 0', 'image 4']);
  });

  it('is slow by a stage that took most of it, and long', () => {
    const start = startOf({ ...job, admitted_at: at(59) }, [replica({ started_at: at(61) })]);

    expect(start && slowest(start)).toBe('queue');
    const quick = startOf(job, [replica({ started_at: at(12) })]);
    expect(quick && slowest(quick)).toBeNull();
  });
});
