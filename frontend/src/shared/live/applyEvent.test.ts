import type { Page } from '@shared/api/http';
import { describe, expect, it } from 'vitest';
import { applyEvent, applyToObject, isNews } from './applyEvent';
import type { LiveEvent } from './protocol';

interface Row {
  id: string;
  version: number;
  phase: string;
  can?: string[];
}

const row = (id: string, version: number, phase: string): Row => ({ id, version, phase, can: ['jobs.cancel'] });
const page = (...results: Row[]): Page<Row> => ({
  results,
  next: null,
  previous: null,
  count: results.length,
  count_is_exact: true,
});
const event = (id: string, version: number, op: LiveEvent['op'], phase?: string): LiveEvent => ({
  is: 'event',
  id: 's1',
  epoch: 'e',
  seq: version,
  kind: 'job',
  object_id: id,
  project_id: null,
  version,
  op,
  object: phase ? { id, version, phase } : null,
});

describe('applyEvent', () => {
  it('patches the row where it stands and keeps what depends on the reader', () => {
    const before = page(row('a', 1, 'running'), row('b', 1, 'queued'));

    const after = applyEvent(before, event('a', 2, 'changed', 'succeeded'));

    expect(after.results.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(after.results[0]).toEqual({ id: 'a', version: 2, phase: 'succeeded', can: ['jobs.cancel'] });
    expect(before.results[0]?.phase).toBe('running');
  });

  it('ignores what is not newer, and keeps the reference then', () => {
    const before = page(row('a', 3, 'running'));

    expect(applyEvent(before, event('a', 3, 'changed', 'queued'))).toBe(before);
    expect(applyEvent(before, event('a', 2, 'removed'))).toBe(before);
  });

  it('takes out what was removed and counts one fewer', () => {
    const after = applyEvent(page(row('a', 1, 'failed'), row('b', 1, 'queued')), event('a', 2, 'removed'));

    expect(after.results.map(({ id }) => id)).toEqual(['b']);
    expect(after.count).toBe(1);
  });

  it('does not push in what is not on the page', () => {
    const before = page(row('a', 1, 'running'));

    expect(applyEvent(before, event('c', 1, 'added', 'queued'))).toBe(before);
    expect(isNews(before, event('c', 1, 'added', 'queued'))).toBe(true);
    expect(isNews(before, event('a', 2, 'changed', 'queued'))).toBe(false);
  });

  it('comes to the same end in any order and with repetitions', () => {
    const start = page(row('a', 1, 'queued'), row('b', 1, 'queued'));
    const events = [
      event('a', 2, 'changed', 'starting'),
      event('a', 3, 'changed', 'running'),
      event('b', 2, 'changed', 'cancelled'),
      event('a', 4, 'changed', 'succeeded'),
    ];
    const fresh = ['succeeded', 'cancelled'];
    const orders = [
      events,
      [...events].reverse(),
      [...events, ...events],
      [events[3], events[0], events[2], events[1]],
    ];

    for (const order of orders) {
      const end = order.reduce((known, one) => (one ? applyEvent(known, one) : known), start);
      expect(end.results.map(({ phase }) => phase)).toEqual(fresh);
    }
  });
});

describe('applyToObject', () => {
  it('takes over what is newer of the same object only', () => {
    const known = row('a', 1, 'queued');

    expect(applyToObject(known, event('a', 2, 'changed', 'running')).phase).toBe('running');
    expect(applyToObject(known, event('b', 2, 'changed', 'running'))).toBe(known);
    expect(applyToObject(known, event('a', 1, 'changed', 'running'))).toBe(known);
  });
});
