import { describe, expect, it } from 'vitest';

import { drawn, families, joinPoints, joinSeries, type Point, type Series, smooth, thin } from './series';

const points = (...pairs: [number, number][]): Point[] => pairs.map(([at, value]) => ({ at, value }));
const series = (name: string, rank: number | null, ...pairs: [number, number][]): Series => ({
  name,
  rank,
  attempt: 1,
  points: points(...pairs),
});

describe('joining what REST and the socket gave', () => {
  it('keeps each moment once, in order, the newest word winning', () => {
    expect(joinPoints(points([1, 10], [3, 30]), points([2, 20], [3, 31]))).toEqual(points([1, 10], [2, 20], [3, 31]));
    expect(joinPoints(points([1, 10]), points([2, 20]))).toEqual(points([1, 10], [2, 20]));
  });

  it('adds series that were not there', () => {
    const joined = joinSeries(
      [series('loss', null, [1, 1])],
      [series('loss', null, [2, 2]), series('loss', 0, [1, 9])],
    );
    expect(joined.map((one) => [one.rank, one.points.length])).toEqual([
      [null, 2],
      [0, 1],
    ]);
  });
});

describe('drawing', () => {
  it('leaves a gap where nothing came', () => {
    const pairs = drawn(points([0, 1], [1000, 2], [2000, 3], [60_000, 4]));
    expect(pairs.map(([, value]) => value)).toEqual([1, 2, 3, null, 4]);
  });

  it('thins out without losing a peak', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ at, value: at === 5003 ? 999 : 1 }));
    const few = thin(many);
    expect(few.length).toBeLessThanOrEqual(1000);
    expect(few.some((point) => point.value === 999)).toBe(true);
    expect(few.every((point, index) => index === 0 || point.at > (few[index - 1] as Point).at)).toBe(true);
  });

  it('smooths without pulling the start to zero', () => {
    expect(smooth(points([0, 5], [1, 5]), 0.9).map((point) => Math.round(point.value))).toEqual([5, 5]);
  });

  it('puts loss and accuracy first and the machine last', () => {
    const groups = families([
      series('memory_bytes', 0),
      series('lr', null),
      series('val_loss', null),
      series('loss', null),
      series('accuracy', null),
    ]);
    expect(groups.map((group) => group.family)).toEqual(['loss', 'accuracy', 'lr', 'memory_bytes']);
  });
});
