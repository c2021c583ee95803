import { describe, expect, it } from 'vitest';

import { pieces, spans } from './ansi';
import { contrast, GROUNDS, parseRgb, rankColour, readable } from './colours';
import { type Line, levelOf, parseLineKey, plainText } from './line';
import { findRows, matcher, step } from './search';

const rows = (...texts: string[]): Line[] =>
  texts.map((text, index) => ({
    attempt: 1,
    rank: 0,
    number: index + 1,
    at: index,
    order: index,
    stream: 'out',
    level: levelOf(text),
    text,
  }));

describe('levels', () => {
  it.each([
    ['2026-05-01 ERROR could not open', 'error'],
    ['Traceback (most recent call last):', 'error'],
    ['ValueError: bad shape', 'error'],
    ['\u001b[31mFATAL\u001b[0m no route', 'error'],
    ['UserWarning: slow', 'warning'],
    ['DEBUG step 3', 'debug'],
    ['error_rate=0.03 epoch 1', 'info'],
    ['训练开始', 'info'],
  ])('%s is %s', (text, level) => expect(levelOf(text)).toBe(level));
});

describe('search', () => {
  it('finds across colours, without regard to case', () => {
    const found = findRows(
      rows('nothing', 'the \u001b[31mLo\u001b[0mss is 3', 'loss'),
      matcher({ text: 'LOSS', regex: false, caseSensitive: false })!,
    );
    expect(found).toEqual([1, 2]);
  });

  it('takes special characters for themselves unless asked otherwise', () => {
    const lines = rows('a.b', 'axb');
    expect(findRows(lines, matcher({ text: 'a.b', regex: false, caseSensitive: true })!)).toEqual([0]);
    expect(findRows(lines, matcher({ text: 'a.b', regex: true, caseSensitive: true })!)).toEqual([0, 1]);
    expect(() => matcher({ text: '(', regex: true, caseSensitive: false })).toThrow(SyntaxError);
  });

  it('goes round at both ends', () => {
    expect(step([3, 8], null, 1)).toBe(3);
    expect(step([3, 8], 8, 1)).toBe(3);
    expect(step([3, 8], 3, -1)).toBe(8);
    expect(step([], 3, 1)).toBeNull();
  });

  it('marks each hit in a text, also across colours', () => {
    const loss = matcher({ text: '损失', regex: false, caseSensitive: false });
    expect(pieces('损失 loss', 'light', loss).map(({ text, hit }) => [text, hit])).toEqual([
      ['损失', true],
      [' loss', false],
    ]);
    const step = matcher({ text: 'step 9', regex: false, caseSensitive: false });
    expect(findRows(rows('step 99'), step!)).toEqual([0]);
    const found = pieces('\u001b[32mstep\u001b[0m 99', 'light', step);
    expect(found.map(({ text, hit }) => [text, hit])).toEqual([
      ['step', true],
      [' 9', true],
      ['9', false],
    ]);
  });
});

describe('colours', () => {
  it('makes every colour of a terminal readable on both grounds', () => {
    for (const ground of ['light', 'dark'] as const) {
      for (const code of [30, 31, 32, 33, 34, 35, 36, 37, 90, 91, 92, 93, 94, 95, 96, 97]) {
        const [span] = spans(`\u001b[${code}mtext\u001b[0m`, ground);
        const colour = parseRgb(String(span?.style?.color).replace(/[rgb()]/g, ''));
        expect(contrast(colour!, GROUNDS[ground])).toBeGreaterThanOrEqual(4.5);
      }
      for (let rank = 0; rank < 10; rank += 1) {
        const hex = rankColour(rank, ground);
        const rgb = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as [number, number, number];
        expect(contrast(rgb, GROUNDS[ground])).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(readable([250, 250, 0], [255, 255, 255]), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
  });

  it('never takes a log for markup', () => {
    expect(spans('<img src=x onerror=alert(1)> & more', 'light')).toEqual([
      { text: '<img src=x onerror=alert(1)> & more', style: undefined },
    ]);
    expect(spans('\u001b[1m<b>\u001b[0m', 'light')[0]?.text).toBe('<b>');
  });

  it('leaves no escape codes in what is copied', () => expect(plainText('\u001b[1;31mred\u001b[0m')).toBe('red'));
});

describe('a permalink', () => {
  it('is read back, and nothing else is', () => {
    expect(parseLineKey('2/0/1500')).toEqual({ attempt: 2, rank: 0, number: 1500 });
    expect(parseLineKey('2/0')).toBeNull();
    expect(parseLineKey(undefined)).toBeNull();
  });
});
