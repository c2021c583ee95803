import { describe, expect, it } from 'vitest';

import type { WireLine } from './line';
import { LogStore } from './store';

const START = Date.parse('2026-05-01T10:00:00Z');
const line = (number: number, text = `line ${number}`, at = START + number * 1000): WireLine => [
  number,
  new Date(at).toISOString(),
  'out',
  text,
];
const range = (from: number, to: number): WireLine[] =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
const shown = (store: LogStore): string[] => store.visible().map((row) => `${row.rank}:${row.number}`);

describe('the log store', () => {
  it('keeps a line once however often it comes', () => {
    const store = new LogStore();
    expect(store.add(1, 0, range(1, 5))).toBe(5);
    expect(store.add(1, 0, range(3, 7))).toBe(2);
    expect(store.add(1, 0, [line(8), line(8)])).toBe(1);
    expect(shown(store)).toEqual(['0:1', '0:2', '0:3', '0:4', '0:5', '0:6', '0:7', '0:8']);
  });

  it('puts late lines where their numbers belong', () => {
    const store = new LogStore();
    store.add(1, 0, range(1, 2));
    store.add(1, 0, range(5, 6));
    store.add(1, 0, [line(4), line(3)]);
    expect(shown(store)).toEqual(['0:1', '0:2', '0:3', '0:4', '0:5', '0:6']);
    expect(store.missing).toBe(0);
  });

  it('says which lines are missing, and where', () => {
    const store = new LogStore();
    store.add(1, 0, range(1, 3));
    store.add(1, 0, range(10, 12));
    expect(store.missing).toBe(6);
    const after = store.visible()[3];
    expect(after && store.missingBefore(after)).toBe(6);
    store.add(1, 0, range(4, 9));
    expect(store.missing).toBe(0);
  });

  it('resumes each rank after its last line', () => {
    const store = new LogStore();
    store.declare({ attempt: 2, rank: 1, first_number: 1, last_number: 0 });
    store.add(2, 0, range(1, 40));
    expect(store.cursors()).toEqual({ '2/0': 40, '2/1': 0 });
  });

  it('merges ranks by time, and within a rank by number even when its clock goes back', () => {
    const store = new LogStore();
    store.add(1, 0, [line(1, 'a', START), line(2, 'b', START + 5000), line(3, 'clock set back', START + 1000)]);
    store.add(1, 1, [line(1, 'x', START + 2000), line(2, 'y', START + 6000)]);
    expect(shown(store)).toEqual(['0:1', '1:1', '0:2', '0:3', '1:2']);
  });

  it('holds back what is older than a rank whose history is not loaded', () => {
    const store = new LogStore();
    store.declare({ attempt: 1, rank: 0, first_number: 1, last_number: 100 });
    store.declare({ attempt: 1, rank: 1, first_number: 1, last_number: 100 });
    store.add(1, 0, range(80, 100));
    store.add(1, 1, range(91, 100));
    expect(shown(store)[0]).toBe('0:91');
    expect(store.olderWanted()).toEqual([{ attempt: 1, rank: 1, before: 91 }]);
    store.add(1, 1, range(70, 90));
    expect(shown(store)[0]).toBe('0:80');
    store.add(1, 0, range(1, 79));
    store.add(1, 1, range(1, 69));
    expect(store.hasOlder).toBe(false);
    expect(store.visible()).toHaveLength(200);
  });

  it('puts what a slower rank says among what was already drawn', () => {
    const store = new LogStore();
    store.add(1, 0, range(1, 50));
    store.add(1, 1, range(1, 50));
    const drawn = store.visible();
    store.add(1, 0, range(51, 100));
    store.add(1, 1, range(51, 75));
    store.visible();
    store.add(1, 1, range(76, 100));
    const now = shown(store);
    expect(now).toEqual(range(1, 100).flatMap(([number]) => [`0:${number}`, `1:${number}`]));
    expect(store.visible()).not.toBe(drawn);
  });

  it('shows one rank alone', () => {
    const store = new LogStore();
    store.add(1, 0, range(1, 2));
    store.add(1, 1, range(1, 2));
    store.select(new Set([1]));
    expect(shown(store)).toEqual(['1:1', '1:2']);
    store.add(1, 0, range(3, 3));
    store.add(1, 1, range(3, 3));
    expect(shown(store)).toEqual(['1:1', '1:2', '1:3']);
  });

  it('takes 200,000 lines in pieces without losing or doubling one', () => {
    const store = new LogStore();
    for (let from = 1; from <= 100_000; from += 500) {
      store.add(1, 0, range(from, from + 499));
      store.add(1, 1, range(from, from + 499));
    }
    expect(store.visible()).toHaveLength(200_000);
    expect(store.missing).toBe(0);
  });
});
