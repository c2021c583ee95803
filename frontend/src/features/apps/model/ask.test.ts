import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, MOST_SHOWN } from './ask';

const CALL = { method: 'GET', url: 'http://apps/p/digits/', body: '', withKey: false };

/** An app whose answer comes piece by piece: those that are given, and then no end. */
function answering(...pieces: string[]) {
  let stopped = false;
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    const body = new ReadableStream({
      start(to) {
        for (const piece of pieces) to.enqueue(new TextEncoder().encode(piece));
        signal?.addEventListener('abort', () => to.error(signal.reason));
      },
      cancel() {
        stopped = true;
      },
    });
    return Promise.resolve(new Response(body));
  });
  return () => stopped;
}

afterEach(() => vi.unstubAllGlobals());

describe('an answer without an end', () => {
  it('is left when there is enough of it', async () => {
    const stopped = answering('x'.repeat(MOST_SHOWN), 'more');

    const answer = await ask(CALL, '', new AbortController().signal);

    expect(answer).toMatchObject({ status: 200, cut: true });
    expect(answer.text).toHaveLength(MOST_SHOWN);
    expect(stopped()).toBe(true);
  });

  it('shows what came by the time one had enough', async () => {
    answering('a little');
    const controller = new AbortController();

    const answer = ask(CALL, '', controller.signal);
    setTimeout(() => controller.abort(), 10);

    expect(await answer).toMatchObject({ text: 'a little', cut: true });
  });
});
