import { describe, expect, it } from 'vitest';
import { pathOf } from './form';
import { partsOf } from './QuotaBar';

describe('pathOf', () => {
  it.each([
    ['/name', ['name']],
    ['/quota/lines/0/nominal', ['quota', 'lines', 0, 'nominal']],
    ['/roles/0/env/A~1B~0C', ['roles', 0, 'env', 'A/B~C']],
  ])('%s leads to its field', (pointer, path) => expect(pathOf(pointer)).toEqual(path));
});

describe('partsOf a quota', () => {
  it('add up to what is guaranteed and what is borrowed beyond it', () => {
    const line = { resource: 'gpu', nominal: 8, used: 10, borrowed: 3, lent: 1, free: 0 };

    expect(partsOf(line)).toEqual([
      ['used', 7],
      ['borrowed', 3],
      ['lent', 1],
    ]);
  });
});
