import { describe, expect, it } from 'vitest';
import { endOf } from './connection';

describe('endOf', () => {
  it('knows why the server closed the socket, and calls the rest lost', () => {
    expect(endOf(4403).code).toBe('access-changed');
    expect(endOf(1012).code).toBe('gateway-stopped');
    expect(endOf(1006)).toEqual({ code: 'lost', exit_code: null, message: '' });
  });
});
