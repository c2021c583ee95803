import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeSockets } from '../../test/socket';
import { LiveClient } from './client';

const JOBS = { tenant: 'aurora', kinds: ['job'] as const };
const event = (seq: number, extra: object = {}) => ({
  is: 'event',
  epoch: 'e1',
  seq,
  kind: 'job',
  object_id: 'j1',
  project_id: 'vision',
  version: seq,
  op: 'changed',
  object: { id: 'j1', version: seq },
  ...extra,
});

let sockets: ReturnType<typeof fakeSockets>;
let signedIn: boolean;
let client: LiveClient;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = fakeSockets();
  signedIn = true;
  client = new LiveClient({ url: () => 'ws://hanse/ws/', recheckAccess: async () => signedIn });
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function listening(scope: Parameters<LiveClient['listen']>[0] = JOBS) {
  const handlers = { onEvent: vi.fn(), onLost: vi.fn() };
  const stop = client.listen(scope, handlers);
  return { ...handlers, stop };
}

function connected() {
  const jobs = listening();
  sockets.newest.accept();
  const id = sockets.newest.asked('subscribe')[0]?.id;
  sockets.newest.say({ is: 'subscribed', id, at: { epoch: 'e1', seq: 4 } });
  jobs.onLost.mockClear();
  return { ...jobs, id };
}

describe('LiveClient', () => {
  it('opens one socket for all, and one subscription for those who ask for the same', () => {
    const first = listening();
    const second = listening();
    sockets.newest.accept();
    const [subscription] = sockets.newest.asked('subscribe');
    sockets.newest.say(event(5, { id: subscription?.id }));

    expect(sockets.count).toBe(1);
    expect(sockets.newest.asked('subscribe')).toHaveLength(1);
    expect(first.onEvent).toHaveBeenCalledOnce();
    expect(second.onEvent).toHaveBeenCalledOnce();
  });

  it('lets what was read before the subscription stood be read again', () => {
    const jobs = listening();
    sockets.newest.accept();
    const id = sockets.newest.asked('subscribe')[0]?.id;

    sockets.newest.say({ is: 'subscribed', id, at: { epoch: 'e1', seq: 4 } });

    expect(jobs.onLost).toHaveBeenCalledOnce();
    expect(client.snapshot().state).toBe('live');
  });

  it('tells only of the kinds and the project that were asked for', () => {
    const all = listening();
    const speech = listening({ tenant: 'aurora', project: 'speech', kinds: ['job'] });
    sockets.newest.accept();
    const id = sockets.newest.asked('subscribe')[0]?.id;
    sockets.newest.say(event(5, { id }));
    sockets.newest.say(event(6, { id, kind: 'quota' }));

    expect(all.onEvent).toHaveBeenCalledOnce();
    expect(speech.onEvent).not.toHaveBeenCalled();
  });

  it('resumes after a break where it was, and reads nothing again', () => {
    const jobs = connected();
    sockets.newest.say(event(7, { id: jobs.id }));
    sockets.newest.end();
    vi.advanceTimersByTime(1000);
    sockets.newest.accept();

    expect(sockets.count).toBe(2);
    expect(sockets.newest.asked('subscribe')[0]).toMatchObject({ after: { epoch: 'e1', seq: 7 } });
    sockets.newest.say({ is: 'subscribed', id: jobs.id, at: { epoch: 'e1', seq: 9 } });
    expect(jobs.onLost).not.toHaveBeenCalled();
  });

  it('reads again, some moment later, when the server lost track', () => {
    const jobs = connected();
    sockets.newest.say({ is: 'lost', id: jobs.id, at: { epoch: 'e2', seq: 1 } });
    vi.advanceTimersByTime(2000);

    expect(jobs.onLost).toHaveBeenCalledOnce();
  });

  it('asks every five seconds while the socket is blocked, and says so', () => {
    const jobs = listening();
    for (let failures = 0; failures < 4; failures += 1) {
      sockets.newest.end();
      vi.advanceTimersByTime(4000);
    }
    expect(client.snapshot().state).toBe('delayed');
    jobs.onLost.mockClear();

    vi.advanceTimersByTime(10_000);

    expect(jobs.onLost).toHaveBeenCalledTimes(2);
    sockets.newest.accept();
    expect(client.snapshot().state).toBe('live');
    jobs.onLost.mockClear();
    vi.advanceTimersByTime(10_000);
    expect(jobs.onLost).not.toHaveBeenCalled();
  });

  it('waits longer after each failure', () => {
    listening();
    const waits: number[] = [];
    for (let failures = 0; failures < 8; failures += 1) {
      const before = sockets.count;
      sockets.newest.end();
      let waited = 0;
      while (sockets.count === before) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000);
  });

  it('gives up a socket that does not answer', () => {
    connected();
    vi.advanceTimersByTime(20_000);
    expect(sockets.newest.asked('ping')).toHaveLength(1);

    vi.advanceTimersByTime(10_000);
    vi.advanceTimersByTime(1000);

    expect(sockets.count).toBe(2);
  });

  it('comes back with everything read again when access changed', async () => {
    const jobs = connected();
    sockets.newest.end(4403);
    await vi.advanceTimersByTimeAsync(1000);
    sockets.newest.accept();

    expect(sockets.newest.asked('subscribe')[0]).toMatchObject({ after: null });
    sockets.newest.say({ is: 'subscribed', id: jobs.id, at: { epoch: 'e1', seq: 9 } });
    expect(jobs.onLost).toHaveBeenCalledOnce();
  });

  it('stays away when nobody is signed in any more', async () => {
    connected();
    signedIn = false;
    sockets.newest.end(4401);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(sockets.count).toBe(1);
    expect(client.snapshot().state).toBe('signed-out');
  });

  it('unsubscribes when nobody has listened for a while', () => {
    const jobs = connected();
    jobs.stop();
    vi.advanceTimersByTime(5000);
    expect(sockets.newest.asked('unsubscribe')).toHaveLength(0);

    vi.advanceTimersByTime(15_000);

    expect(sockets.newest.asked('unsubscribe')).toEqual([{ do: 'unsubscribe', id: jobs.id }]);
  });
});

describe('followLogs', () => {
  const subject = { kind: 'job', id: 'j1' };

  it('has every line once, also over a break and a repetition', () => {
    const onLines = vi.fn();
    client.followLogs(subject, { '1/0': 2 }, { onLines, onMissed: vi.fn(), onPoll: vi.fn() });
    sockets.newest.accept();
    const id = sockets.newest.asked('follow-logs')[0]?.id;
    const line = (number: number) => [number, '2026-11-23T08:00:00Z', 'out', `line ${number}`];
    sockets.newest.say({ is: 'lines', id, attempt: 1, rank: 0, lines: [line(2), line(3), line(4)] });
    sockets.newest.end();
    vi.advanceTimersByTime(1000);
    sockets.newest.accept();

    expect(sockets.newest.asked('follow-logs')[0]).toMatchObject({ after: { '1/0': 4 } });
    sockets.newest.say({ is: 'lines', id, attempt: 1, rank: 0, lines: [line(4), line(5)] });
    const numbers = onLines.mock.calls.flatMap(([, , lines]) => (lines as [number][]).map(([number]) => number));
    expect(numbers).toEqual([3, 4, 5]);
  });

  it('says what was missed and goes on behind it', () => {
    const onMissed = vi.fn();
    client.followLogs(subject, {}, { onLines: vi.fn(), onMissed, onPoll: vi.fn() });
    sockets.newest.accept();
    const id = sockets.newest.asked('follow-logs')[0]?.id;
    sockets.newest.say({ is: 'missed', id, attempt: 1, rank: 1, from: 1, to: 900 });

    expect(onMissed).toHaveBeenCalledWith(1, 1, 1, 900);
    sockets.newest.end();
    vi.advanceTimersByTime(1000);
    sockets.newest.accept();
    expect(sockets.newest.asked('follow-logs')[0]).toMatchObject({ after: { '1/1': 900 } });
  });
});
