import { describe, expect, it } from 'vitest';
import { choice, flag, listWith, moment, openSearch, ownAddress, search, text, texts, wholeNumber } from './search';

describe('the parameters of an address', () => {
  it('are read when they make sense', () => {
    const read = listWith({ phase: texts, mine: flag, tab: choice(['now', 'usage']), since: moment });

    expect(
      read({ q: 'a', limit: '20', phase: 'queued', mine: true, tab: 'now', since: '2026-11-26T09:00:00Z' }),
    ).toEqual({
      q: 'a',
      limit: 20,
      phase: ['queued'],
      mine: true,
      tab: 'now',
      since: '2026-11-26T09:00:00Z',
    });
  });

  it('count as absent when they make none', () => {
    const read = listWith({ phase: texts, mine: flag, tab: choice(['now', 'usage']), since: moment });

    expect(read({ q: 7, limit: 501, phase: [1], mine: 'yes', tab: 'later', since: 'soon', other: 'x' })).toEqual({});
    expect(search({ rank: wholeNumber(0) })({ rank: '' })).toEqual({});
  });

  it('of other parts of a page stay where those are read', () => {
    expect(openSearch({ tab: text })({ tab: 5, find: 'loss' })).toEqual({ find: 'loss' });
  });

  it('never lead to another site', () => {
    const read = search({ next: ownAddress });

    expect(read({ next: '//elsewhere.example' })).toEqual({});
    expect(read({ next: '/t/aurora' })).toEqual({ next: '/t/aurora' });
  });
});
