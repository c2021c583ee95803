import { describe, expect, it } from 'vitest';
import { formatAmount, formatBytes, parseBytes, share, splitDuration } from './units';

describe('Units', () => {
  it.each([
    [0, '0 B'],
    [1536, '1.5 KiB'],
    [2 ** 30, '1 GiB'],
    [12_133_000_000, '11.3 GiB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    ['2Gi', 2 ** 31],
    ['512 MiB', 2 ** 29],
    ['1.5g', 1.5 * 2 ** 30],
    ['42', 42],
    ['many', null],
  ])('%s is %s bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each([
    [
      7385,
      [
        ['h', 2],
        ['m', 3],
      ],
    ],
    [3600, [['h', 1]]],
    [59.6, [['m', 1]]],
    [0, [['s', 0]]],
  ])('%d s are split', (seconds, parts) => expect(splitDuration(seconds)).toEqual(parts));

  it('counts cpu in cores, memory in bytes, devices in pieces', () => {
    expect(formatAmount('cpu', 1500)).toBe('1.5');
    expect(formatAmount('memory', 2 ** 31)).toBe('2 GiB');
    expect(formatAmount('gpu', 4)).toBe('4');
  });

  it('has no part of nothing', () => expect([share(1, 0), share(3, 2), share(1, 4)]).toEqual([0, 100, 25]));
});
