import { describe, expect, it } from 'vitest';
import type { ShareLine } from './api';
import { othersGuaranteed, shareOf, withShare } from './model';

const GPU = { cluster: 'harbour', flavor: 'a100', resource: 'gpu' };
const CPU = { cluster: 'harbour', flavor: 'cpu', resource: 'cpu' };

describe('withShare', () => {
  it('adds, changes and keeps the others', () => {
    const shares = withShare([{ ...CPU, guaranteed: 1000, cap: null }], GPU, { guaranteed: 4 });

    expect(shareOf(shares, CPU)).toEqual({ ...CPU, guaranteed: 1000, cap: null });
    expect(shareOf(withShare(shares, GPU, { cap: 8 }), GPU)).toEqual({ ...GPU, guaranteed: 4, cap: 8 });
  });

  it('leaves out a share that says nothing any more', () => {
    const shares: ShareLine[] = [{ ...GPU, guaranteed: 4, cap: null }];

    expect(withShare(shares, GPU, { guaranteed: 0 })).toEqual([]);
  });
});

describe('othersGuaranteed', () => {
  it('sums the guarantees of all projects but one', () => {
    const project = (id: string, guaranteed: number) => ({
      project: { id, slug: id, name: id },
      used: 0,
      guaranteed,
      cap: null,
    });

    expect(
      othersGuaranteed({ by_project: [project('vision', 3), project('speech', 2), project('risk', 1)] }, 'vision'),
    ).toBe(3);
  });
});
