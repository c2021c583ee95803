/**
 * The one WebSocket of a tab.
 *
 * Each channel (a tenant's events, a job's log, its metrics) remembers where it is, so that a break costs nothing: it
 * resumes there, or is told that too much was lost and reads again by REST. While the socket stays away the same
 * "read again" comes every five seconds and the badge says "delayed": a blocked socket makes Hanse slower, never wrong.
 */
import { Problem, type ProblemDocument } from '@shared/api/problem';
import { newKey } from '@shared/lib/keys';
import {
  CLOSED,
  type FromServer,
  KINDS,
  type Kind,
  type LiveEvent,
  type Position,
  type ToServer,
  type WireLine,
  type WirePoint,
} from './protocol';

export type LiveState = 'idle' | 'connecting' | 'live' | 'delayed' | 'signed-out';

export interface EventScope {
  /** A tenant's id, or `platform`. */
  tenant: string;
  /** Only this project's; all that the reader sees when absent. */
  project?: string;
  kinds: readonly Kind[];
}

export interface EventHandlers {
  onEvent: (event: LiveEvent) => void;
  /** What is known may be old: read it again. */
  onLost: () => void;
}

export interface Subject {
  kind: string;
  id: string;
}

export interface LogHandlers {
  onLines: (attempt: number, rank: number, lines: WireLine[]) => void;
  /** These lines will not come here; read them by REST. */
  onMissed: (attempt: number, rank: number, from: number, to: number) => void;
  /** The socket is away: read by REST what came after the last line. */
  onPoll: () => void;
  onRefused?: (problem: Problem) => void;
}

export interface MetricHandlers {
  onPoints: (attempt: number, rank: number | null, points: WirePoint[]) => void;
  onPoll: () => void;
  onRefused?: (problem: Problem) => void;
}

interface Channel {
  id: string;
  /** The frame that opens it (again), from where it stands now. */
  open: () => ToServer;
  take: (frame: FromServer) => void;
  /** Read by REST. */
  poll: () => void;
}

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

const TIMING: Timing = {
  firstRetryMs: 500,
  longestRetryMs: 20_000,
  delayedAfterMs: 6_000,
  pollMs: 5_000,
  pingMs: 20_000,
  pongMs: 10_000,
  lingerMs: 15_000,
  lostJitterMs: 2_000,
};

interface Events {
  channel: Channel;
  tenant: string;
  projects: string[] | null;
  at: Position | null;
  listeners: Set<{ scope: EventScope; handlers: EventHandlers }>;
  closing: ReturnType<typeof setTimeout> | undefined;
}

export interface LiveOptions {
  url: () => string;
  /** Access changed: read the session again; resolves with whether somebody is still signed in. */
  recheckAccess: () => Promise<boolean>;
  timing?: Partial<Timing>;
}

export class LiveClient {
  private readonly options: LiveOptions;
  private readonly timing: Timing;
  private socket: WebSocket | null = null;
  private readonly channels = new Map<string, Channel>();
  private readonly events = new Map<string, Events>();
  private readonly watchers = new Set<() => void>();
  private current: { state: LiveState; since: Date } = { state: 'idle', since: new Date() };
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private delayed: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setInterval> | undefined;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveOptions) {
    this.options = options;
    this.timing = { ...TIMING, ...options.timing };
  }

  /** For useSyncExternalStore. */
  watch = (changed: () => void) => {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  };
  snapshot = () => this.current;

  /** Hear of changes. Those who ask for the same share one subscription; it lingers, so that going back is free. */
  listen(scope: EventScope, handlers: EventHandlers): () => void {
    const entry = this.eventsFor(scope);
    clearTimeout(entry.closing);
    const listener = { scope, handlers };
    entry.listeners.add(listener);
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0) entry.closing = setTimeout(() => this.forget(entry), this.timing.lingerMs);
    };
  }

  /** Follow the lines of all ranks after `after` ("<attempt>/<rank>": last number that is known). */
  followLogs(subject: Subject, after: Record<string, number>, handlers: LogHandlers): () => void {
    const known = { ...after };
    const id = newKey();
    return this.addChannel({
      id,
      open: () => ({ do: 'follow-logs', id, subject_kind: subject.kind, subject_id: subject.id, after: known }),
      take: (frame) => {
        if (frame.is === 'lines') {
          const rank = `${frame.attempt}/${frame.rank}`;
          const fresh = frame.lines.filter(([number]) => number > (known[rank] ?? 0));
          const last = fresh.at(-1);
          if (!last) return;
          known[rank] = last[0];
          handlers.onLines(frame.attempt, frame.rank, fresh);
        } else if (frame.is === 'missed') {
          const rank = `${frame.attempt}/${frame.rank}`;
          known[rank] = Math.max(known[rank] ?? 0, frame.to);
          handlers.onMissed(frame.attempt, frame.rank, frame.from, frame.to);
        } else if (frame.is === 'refused') handlers.onRefused?.(refusal(frame.problem));
      },
      poll: handlers.onPoll,
    });
  }

  followMetrics(subject: Subject, handlers: MetricHandlers): () => void {
    const id = newKey();
    return this.addChannel({
      id,
      open: () => ({ do: 'follow-metrics', id, subject_kind: subject.kind, subject_id: subject.id }),
      take: (frame) => {
        if (frame.is === 'points') handlers.onPoints(frame.attempt, frame.rank, frame.points);
        else if (frame.is === 'refused') handlers.onRefused?.(refusal(frame.problem));
      },
      poll: handlers.onPoll,
    });
  }

  /** Signed in again: try at once. */
  restart(): void {
    this.drop();
    this.failures = 0;
    this.become('idle');
    if (this.channels.size) this.connect();
  }

  close(): void {
    this.drop();
    this.channels.clear();
    for (const entry of this.events.values()) clearTimeout(entry.closing);
    this.events.clear();
    this.become('idle');
  }

  private eventsFor(scope: EventScope): Events {
    const whole = `${scope.tenant}/`;
    const key = scope.project && !this.events.has(whole) ? `${scope.tenant}/${scope.project}` : whole;
    const known = this.events.get(key);
    if (known) return known;
    const id = newKey();
    const channel: Channel = {
      id,
      open: () => ({
        do: 'subscribe',
        id,
        tenant: entry.tenant,
        projects: entry.projects,
        kinds: KINDS,
        after: entry.at,
      }),
      take: (frame) => this.takeEvent(entry, frame),
      poll: () => this.readAgain(entry),
    };
    const entry: Events = {
      channel,
      tenant: scope.tenant,
      projects: key === whole || !scope.project ? null : [scope.project],
      at: null,
      listeners: new Set(),
      closing: undefined,
    };
    this.events.set(key, entry);
    this.addChannel(channel);
    return entry;
  }

  private takeEvent(entry: Events, frame: FromServer): void {
    if (frame.is === 'subscribed') {
      // The first time: what was read before the subscription stood may have missed a change.
      const first = entry.at === null;
      entry.at = frame.at;
      if (first) this.readAgain(entry);
    } else if (frame.is === 'lost') {
      entry.at = frame.at;
      setTimeout(() => this.readAgain(entry), Math.random() * this.timing.lostJitterMs);
    } else if (frame.is === 'event') {
      entry.at = { epoch: frame.epoch, seq: frame.seq };
      for (const { scope, handlers } of [...entry.listeners]) {
        const here = !scope.project || scope.project === frame.project_id;
        if (here && scope.kinds.includes(frame.kind)) handlers.onEvent(frame);
      }
    } else if (frame.is === 'refused') this.readAgain(entry);
  }

  private readAgain(entry: Events): void {
    for (const { handlers } of [...entry.listeners]) handlers.onLost();
  }

  private forget(entry: Events): void {
    for (const [key, known] of this.events) if (known === entry) this.events.delete(key);
    this.removeChannel(entry.channel.id);
  }

  private addChannel(channel: Channel): () => void {
    this.channels.set(channel.id, channel);
    if (this.socket?.readyState === WebSocket.OPEN) this.send(channel.open());
    else if (!this.socket && this.retry === undefined && this.current.state !== 'signed-out') this.connect();
    return () => this.removeChannel(channel.id);
  }

  private removeChannel(id: string): void {
    if (!this.channels.delete(id)) return;
    if (this.socket?.readyState === WebSocket.OPEN) this.send({ do: 'unsubscribe', id });
  }

  private connect(): void {
    this.retry = undefined;
    if (this.current.state !== 'delayed') this.become('connecting');
    this.delayed ??= setTimeout(() => this.beDelayed(), this.timing.delayedAfterMs);
    const socket = new WebSocket(this.options.url());
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.beLive();
      for (const channel of this.channels.values()) this.send(channel.open());
    };
    socket.onmessage = (message) => {
      this.beat();
      const frame = JSON.parse(String(message.data)) as FromServer;
      if (frame.is !== 'pong') this.channels.get(frame.id)?.take(frame);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code);
    };
  }

  private closed(code: number): void {
    this.socket = null;
    clearTimeout(this.heartbeat);
    if (code === CLOSED.NOT_SIGNED_IN || code === CLOSED.ACCESS_CHANGED) {
      void this.afterRefusal();
      return;
    }
    this.retryLater();
  }

  private async afterRefusal(): Promise<void> {
    const signedIn = await this.options.recheckAccess().catch(() => true);
    if (this.socket) return;
    if (!signedIn) {
      this.drop();
      this.become('signed-out');
      return;
    }
    for (const entry of this.events.values()) entry.at = null;
    this.retryLater();
  }

  private retryLater(): void {
    if (this.channels.size === 0) {
      this.drop();
      this.become('idle');
      return;
    }
    const most = Math.min(this.timing.longestRetryMs, this.timing.firstRetryMs * 2 ** this.failures);
    this.failures += 1;
    if (this.current.state === 'live') this.become('connecting');
    this.delayed ??= setTimeout(() => this.beDelayed(), this.timing.delayedAfterMs);
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
      if (document.visibilityState === 'hidden') return;
      for (const channel of [...this.channels.values()]) channel.poll();
    }, this.timing.pollMs);
  }

  /** Anything that arrives proves life; after a silence ask, and give up on a socket that does not answer. */
  private beat(): void {
    clearTimeout(this.heartbeat);
    this.heartbeat = setTimeout(() => {
      this.send({ do: 'ping' });
      this.heartbeat = setTimeout(() => {
        const silent = this.socket;
        this.closed(0);
        silent?.close();
      }, this.timing.pongMs);
    }, this.timing.pingMs);
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

  private send(frame: ToServer): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private become(state: LiveState): void {
    if (this.current.state === state) return;
    this.current = { state, since: new Date() };
    for (const changed of [...this.watchers]) changed();
  }
}

const refusal = (document: ProblemDocument) => new Problem(document, 'WebSocket /ws/');
