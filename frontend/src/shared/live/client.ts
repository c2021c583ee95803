/**
 * What a tab hears over its one WebSocket.
 *
 * Each channel (a tenant's events, a job's log, its metrics) remembers where it is, so that a break costs nothing: it
 * resumes there, or is told that too much was lost and reads again by REST. While the socket stays away the same
 * "read again" comes every five seconds: a blocked socket makes Hanse slower, never wrong.
 */
import { Problem, type ProblemDocument } from '@shared/api/problem';
import { newKey } from '@shared/lib/keys';
import { Connection, type ConnectionOptions, TIMING, type Timing } from './connection';
import {
  type FromServer,
  KINDS,
  type Kind,
  type LiveEvent,
  type Position,
  type ToServer,
  type WireLine,
  type WirePoint,
} from './protocol';

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

interface Events {
  channel: Channel;
  tenant: string;
  projects: string[] | null;
  at: Position | null;
  listeners: Set<{ scope: EventScope; handlers: EventHandlers }>;
  closing: ReturnType<typeof setTimeout> | undefined;
}

export interface LiveOptions extends Pick<ConnectionOptions, 'url' | 'recheckAccess'> {
  timing?: Partial<Timing>;
}

export class LiveClient {
  private readonly timing: Timing;
  private readonly connection: Connection;
  private readonly channels = new Map<string, Channel>();
  private readonly events = new Map<string, Events>();

  constructor({ timing, ...options }: LiveOptions) {
    this.timing = { ...TIMING, ...timing };
    this.connection = new Connection({
      ...options,
      timing: this.timing,
      isWanted: () => this.channels.size > 0,
      onOpen: () => {
        for (const channel of this.channels.values()) this.connection.send(channel.open());
      },
      onFrame: (frame) => {
        if (frame.is !== 'pong') this.channels.get(frame.id)?.take(frame);
      },
      onAccessChanged: () => {
        for (const entry of this.events.values()) entry.at = null;
      },
      onPoll: () => {
        for (const channel of [...this.channels.values()]) channel.poll();
      },
    });
  }

  /** For useSyncExternalStore. */
  watch = (changed: () => void) => this.connection.watch(changed);
  snapshot = () => this.connection.snapshot();

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
    this.connection.restart();
  }

  close(): void {
    this.channels.clear();
    for (const entry of this.events.values()) clearTimeout(entry.closing);
    this.events.clear();
    this.connection.close();
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
    if (!this.connection.send(channel.open())) this.connection.start();
    return () => this.removeChannel(channel.id);
  }

  private removeChannel(id: string): void {
    if (this.channels.delete(id)) this.connection.send({ do: 'unsubscribe', id });
  }
}

const refusal = (document: ProblemDocument) => new Problem(document, 'WebSocket /ws/');
