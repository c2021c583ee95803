import { describe, expect, it } from 'vitest';
import { changesBetween } from './model';

describe('changesBetween', () => {
  it('names the leaves that differ and leaves out the rest', () => {
    const before = { name: 'Vision', quota: { cpu: 4000, memory: 1 } };
    const after = { name: 'Vision', quota: { cpu: 8000, memory: 1 } };

    expect(changesBetween(before, after)).toEqual([{ path: 'quota.cpu', before: 4000, after: 8000 }]);
  });

  it('shows all of what was made, and all of what was removed', () => {
    expect(changesBetween(null, { slug: 'a' })).toEqual([{ path: 'slug', before: undefined, after: 'a' }]);
    expect(changesBetween({ slug: 'a' }, null)).toEqual([{ path: 'slug', before: 'a', after: undefined }]);
  });

  it('compares lists as a whole', () => {
    expect(changesBetween({ can: ['a'] }, { can: ['a', 'b'] })).toEqual([
      { path: 'can', before: ['a'], after: ['a', 'b'] },
    ]);
  });
});
