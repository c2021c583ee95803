import { describe, expect, it } from 'vitest';
import { placed } from './placed';

describe('A lineage', () => {
  it('has a column for each step and a row for each node of it', () => {
    const { at } = placed([
      { id: 'this', step: 0 },
      { id: 'maker', step: -1 },
      { id: 'reader', step: 1 },
      { id: 'another', step: 1 },
    ]);

    expect(at.maker?.x).toBe(0);
    expect((at.this?.x ?? 0) * 2).toBe(at.reader?.x);
    expect(at.reader?.x).toBe(at.another?.x);
    expect(at.another?.y).toBeGreaterThan(at.reader?.y ?? 0);
  });
});
