import { expect, test } from 'vitest';
import { changedTerms, type Terms } from './contracts';

const terms: Terms = {
  name: 'Digits',
  purpose: 'Read digits.',
  algorithm: 'horizontal-averaging',
  rounds: 20,
  megabytes: 50,
  epsilon: null,
  until: '2030-01-01T00:00:00Z',
  model_at: [10000],
  brings: {
    '10000': { dataset: 'digits, version 1', columns: ['pixels'] },
    '20000': { dataset: 'digits, version 1', columns: ['pixels'] },
  },
};

test('another edition is told by what it says otherwise, down to the columns of one party', () => {
  const brings = { ...terms.brings, '20000': { dataset: 'digits, version 1', columns: ['pixels', 'age'] } };

  expect([...changedTerms(terms, { ...terms, rounds: 40, brings })].sort()).toEqual(['brings.20000.columns', 'rounds']);
  expect(changedTerms(terms, { ...terms }).size).toBe(0);
});
