import { HttpResponse, http as mocked } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { server } from '../../test/server';
import { address, etagOf, http, whenSignedOut } from './http';
import { isProblem, type Problem } from './problem';

const url = (path: string) => `${location.origin}/api/v1${path}`;
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as Problem,
  );

describe('http', () => {
  it('leaves out what is empty and repeats what is a list', () => {
    expect(address('/jobs/', { phase: ['failed', 'preempted'], q: '', cursor: undefined, mine: true })).toBe(
      '/api/v1/jobs/?phase=failed&phase=preempted&mine=true',
    );
  });

  it('proves where a change comes from, and makes every POST repeatable', async () => {
    document.cookie = 'hanse_csrf=abc';
    const seen: Headers[] = [];
    server.use(
      mocked.post(url('/tenants/'), ({ request }) => {
        seen.push(request.headers);
        return HttpResponse.json({ id: '1' }, { status: 201 });
      }),
    );

    await http.post('/tenants/', { slug: 'a' });
    await http.post('/tenants/', { slug: 'a' });
    await http.post('/tenants/', { slug: 'a' }, { idempotencyKey: 'mine' });

    expect(seen.map((headers) => headers.get('X-CSRFToken'))).toEqual(['abc', 'abc', 'abc']);
    const keys = seen.map((headers) => headers.get('Idempotency-Key'));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
  });

  it('changes with the ETag that was read', async () => {
    server.use(
      mocked.patch(url('/tenants/1/'), ({ request }) => HttpResponse.json({ match: request.headers.get('If-Match') })),
    );

    expect(await http.patch('/tenants/1/', {}, { etag: etagOf({ generation: 7 }) })).toEqual({ match: '"7"' });
  });

  it('turns a refusal into a Problem with its fields and request id', async () => {
    server.use(
      mocked.post(url('/tenants/'), () =>
        HttpResponse.json(
          {
            type: '/problems/invalid-request',
            title: 'Some of it is wrong',
            status: 422,
            request_id: 'r-1',
            errors: [{ pointer: '/slug', detail: 'Taken.' }],
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        ),
      ),
    );

    const problem = await caught(http.post('/tenants/', {}));

    expect(isProblem(problem, 'invalid-request')).toBe(true);
    expect(problem?.requestId).toBe('r-1');
    expect(problem?.fields).toEqual([{ pointer: '/slug', detail: 'Taken.' }]);
    expect(JSON.parse(problem?.details ?? '')).toMatchObject({ request: 'POST /api/v1/tenants/', request_id: 'r-1' });
  });

  it('says so when an answer is no problem document, and when there is none', async () => {
    server.use(
      mocked.get(url('/me/'), () => new HttpResponse('<html>', { status: 502, headers: { 'X-Request-Id': 'r-2' } })),
      mocked.get(url('/jobs/'), () => HttpResponse.error()),
    );

    expect((await caught(http.get('/me/')))?.code).toBe('unexpected-answer');
    expect((await caught(http.get('/me/')))?.requestId).toBe('r-2');
    expect((await caught(http.get('/jobs/')))?.code).toBe('unreachable');
  });

  it('tells once that nobody is signed in any more', async () => {
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    server.use(
      mocked.get(url('/jobs/'), () =>
        HttpResponse.json({ type: '/problems/not-signed-in', title: 'Sign in', status: 401 }, { status: 401 }),
      ),
    );

    await caught(http.get('/jobs/'));

    expect(signedOut).toHaveBeenCalledOnce();
  });
});
