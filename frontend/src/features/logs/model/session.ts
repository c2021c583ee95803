/**
 * One reader of one attempt's log: loads the end, follows what comes, fills holes, reads upward when asked.
 *
 * The socket brings lines while it lives. While it does not, the same lines are read by REST; a line that comes both
 * ways is kept once.
 */
import type { LiveClient } from '@shared/live/client';
import { type LogSubject, readExtents, readLines } from '../api';
import { LogStore } from './store';

const TAIL_LINES = 2000;
const PAGE_LINES = 1000;
/** A hole up to this size is filled without asking. */
const FILLED_LINES = 5000;
const AT_ONCE = 6;

export type SessionState = 'loading' | 'ready' | 'failed';

export class LogSession {
  readonly store = new LogStore();
  state: SessionState = 'loading';
  problem: unknown = null;
  loadingOlder = false;
  private stopFollowing: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly subject: LogSubject,
    readonly attempt: number,
    private readonly live: LiveClient | null,
  ) {}

  /** Load the end of every rank, then follow. */
  async open(): Promise<void> {
    this.become('loading');
    try {
      const extents = (await readExtents(this.subject)).filter((extent) => extent.attempt === this.attempt);
      for (const extent of extents) this.store.declare(extent);
      const share = Math.max(50, Math.min(PAGE_LINES, Math.ceil(TAIL_LINES / Math.max(1, extents.length))));
      await eachOf(extents, async ({ rank, last_number, first_number }) => {
        if (last_number < first_number) return;
        await this.load({ rank, before: last_number + 1, limit: share });
      });
      if (this.closed) return;
      this.become('ready');
      this.follow();
    } catch (problem) {
      this.problem = problem;
      this.become('failed');
    }
  }

  close(): void {
    this.closed = true;
    this.stopFollowing?.();
  }

  /** One page more of what is before the first line on the screen. */
  async older(): Promise<void> {
    if (this.loadingOlder || !this.store.hasOlder) return;
    this.loadingOlder = true;
    this.store.touch();
    try {
      await eachOf(this.store.olderWanted(), async ({ rank, before }) => {
        const added = await this.load({ rank, before, limit: PAGE_LINES });
        if (added === 0) this.store.markComplete(this.attempt, rank);
      });
    } finally {
      this.loadingOlder = false;
      this.store.touch();
    }
  }

  /** Read what is missing between two lines: from its end, where the reader most likely looks. */
  async fill(rank: number, from: number, to: number): Promise<void> {
    let before = to + 1;
    while (before > from && to - before < FILLED_LINES && !this.closed) {
      const added = await this.load({ rank, before, limit: Math.min(PAGE_LINES, before - from) });
      if (added === 0) return;
      before -= added;
    }
  }

  /** Make sure that a line is here, with what surrounds it. */
  async reach(rank: number, number: number): Promise<boolean> {
    if (!this.store.has(this.attempt, rank, number))
      await this.load({ rank, after: Math.max(0, number - 200), limit: 400 });
    return this.store.has(this.attempt, rank, number);
  }

  private follow(): void {
    if (!this.live) return;
    this.stopFollowing = this.live.followLogs({ kind: this.subject.kind, id: this.subject.id }, this.store.cursors(), {
      onLines: (attempt, rank, lines) => {
        if (attempt === this.attempt) this.store.add(attempt, rank, lines);
      },
      onMissed: (attempt, rank, from, to) => {
        if (attempt === this.attempt && to - from < FILLED_LINES) void this.quietly(this.fill(rank, from, to));
      },
      onPoll: () => void this.quietly(this.poll()),
      onRefused: (problem) => {
        this.problem = problem;
        this.become('failed');
      },
    });
  }

  private async poll(): Promise<void> {
    const extents = (await readExtents(this.subject)).filter((extent) => extent.attempt === this.attempt);
    const cursors = this.store.cursors();
    await eachOf(extents, async ({ rank, last_number }) => {
      const after = cursors[`${this.attempt}/${rank}`] ?? 0;
      if (last_number > after) await this.load({ rank, after, limit: PAGE_LINES });
    });
  }

  private async load(wanted: { rank: number; after?: number; before?: number; limit: number }): Promise<number> {
    const lines = await readLines(this.subject, { attempt: this.attempt, ...wanted });
    return this.closed ? 0 : this.store.add(this.attempt, wanted.rank, lines);
  }

  /** While the connection is away the badge in the header says so; the next round tries again. */
  private async quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (problem) {
      this.problem = problem;
      this.store.touch();
    }
  }

  private become(state: SessionState): void {
    this.state = state;
    if (state === 'loading') this.problem = null;
    this.store.touch();
  }
}

/** Do something with each item, a few at a time. */
async function eachOf<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
}
