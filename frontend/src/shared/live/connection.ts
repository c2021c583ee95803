/**
 * The one WebSocket of a tab: opened while somebody wants it, again after a break, and known to be dead when it is.
 *
 * While it stays away the badge says "delayed", and `onPoll` is called every few seconds.
 */
import { CLOSED, type FromServer, type ToServer } from './protocol';

export type LiveState = 'idle' | 'connecting' | 'live' | 'delayed' | 'signed-out';

export interface Timing {
  firstRetryMs: number;
  longestRetryMs: number;
  delayedAfterMs: number;
  pollMs: number;
  pingMs: number;
  pongMs: number;
  lingerMs: number;
  lostJitterMs: number;
}

export const TIMING: Timing = {
  firstRetryMs: 500,
  longestRetryMs: 20_000,
  delayedAfterMs: 6_000,
  pollMs: 5_000,
  pingMs: 20_000,
  pongMs: 10_000,
  lingerMs: 15_000,
  lostJitterMs: 2_000,
};

export interface ConnectionOptions {
  url: () => string;
  /** Access changed: read the session again; resolves with whether somebody is still signed in. */
  recheckAccess: () => Promise<boolean>;
  timing: Timing;
  /** Whether there is anything to hear. */
  isWanted: () => boolean;
  onOpen: () => void;
  onFrame: (frame: FromServer) => void;
  /** Closed because of it, with somebody still signed in: what was heard before says nothing about now. */
  onAccessChanged: () => void;
  onPoll: () => void;
}

export class Connection {
  private socket: WebSocket | null = null;
  private readonly watchers = new Set<() => void>();
  private current: { state: LiveState; since: Date } = { state: 'idle', since: new Date() };
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private delayed: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setInterval> | undefined;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  snapshot() {
    return this.current;
  }

  /** Whether it was sent: nothing is kept for later, since what is wanted is said anew at each opening. */
  send(frame: ToServer): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Connect, unless that is under way or nobody is signed in. */
  start(): void {
    if (!this.socket && this.retry === undefined && this.current.state !== 'signed-out') this.connect();
  }

  /** Try at once, whatever was before. */
  restart(): void {
    this.close();
    this.failures = 0;
    if (this.options.isWanted()) this.connect();
  }

  close(): void {
    this.drop();
    this.become('idle');
  }

  private connect(): void {
    this.retry = undefined;
    if (this.current.state !== 'delayed') this.become('connecting');
    this.delayed ??= setTimeout(() => this.beDelayed(), this.options.timing.delayedAfterMs);
    const socket = new WebSocket(this.options.url());
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.beLive();
      this.options.onOpen();
    };
    socket.onmessage = (message) => {
      this.beat();
      this.options.onFrame(JSON.parse(String(message.data)) as FromServer);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code);
    };
  }

  private closed(code: number): void {
    this.socket = null;
    clearTimeout(this.heartbeat);
    if (code === CLOSED.NOT_SIGNED_IN || code === CLOSED.ACCESS_CHANGED) void this.afterRefusal();
    else this.retryLater();
  }

  private async afterRefusal(): Promise<void> {
    const signedIn = await this.options.recheckAccess().catch(() => true);
    if (this.socket) return;
    if (!signedIn) {
      this.drop();
      this.become('signed-out');
      return;
    }
    this.options.onAccessChanged();
    this.retryLater();
  }

  private retryLater(): void {
    if (!this.options.isWanted()) {
      this.close();
      return;
    }
    const { firstRetryMs, longestRetryMs, delayedAfterMs } = this.options.timing;
    const most = Math.min(longestRetryMs, firstRetryMs * 2 ** this.failures);
    this.failures += 1;
    if (this.current.state === 'live') this.become('connecting');
    this.delayed ??= setTimeout(() => this.beDelayed(), delayedAfterMs);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), most * (0.5 + Math.random() / 2));
  }

  private beLive(): void {
    clearTimeout(this.delayed);
    clearInterval(this.polling);
    this.delayed = this.polling = undefined;
    this.become('live');
    this.beat();
  }

  private beDelayed(): void {
    this.become('delayed');
    this.polling ??= setInterval(() => {
      if (document.visibilityState !== 'hidden') this.options.onPoll();
    }, this.options.timing.pollMs);
  }

  /** Anything that arrives proves life; after a silence ask, and give up on a socket that does not answer. */
  private beat(): void {
    const { pingMs, pongMs } = this.options.timing;
    clearTimeout(this.heartbeat);
    this.heartbeat = setTimeout(() => {
      this.send({ do: 'ping' });
      this.heartbeat = setTimeout(() => {
        const silent = this.socket;
        this.closed(0);
        silent?.close();
      }, pongMs);
    }, pingMs);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    clearTimeout(this.retry);
    clearTimeout(this.delayed);
    clearInterval(this.polling);
    clearTimeout(this.heartbeat);
    this.retry = this.delayed = this.polling = undefined;
  }

  private become(state: LiveState): void {
    if (this.current.state === state) return;
    this.current = { state, since: new Date() };
    for (const changed of [...this.watchers]) changed();
  }
}
