/**
 * The lines of one attempt of one subject, all ranks.
 *
 * Lines may come late, twice or with holes: each source keeps them sorted by number and without doubles, so what is
 * missing can always be read off the numbers. Ranks are merged by time. While older lines of some rank are not loaded,
 * nothing older than that rank's first line is shown, so that reading upward never skips a line that exists.
 */
import { compareLines, type Line, levelOf, type SourceExtent, type SourceKey, sourceKey, type WireLine } from './line';

interface Source {
  attempt: number;
  rank: number;
  /** The oldest number that exists at all; older ones were never kept. */
  oldest: number;
  lines: Line[];
}

export class LogStore {
  private readonly sources = new Map<SourceKey, Source>();
  private rows: Line[] = [];
  /** Lines that belong among the rows, until somebody looks. */
  private pending: Line[] = [];
  private listeners = new Set<() => void>();
  private scheduled = false;
  private stale = false;
  private selection: ReadonlySet<number> | null = null;
  /** Grows with every change; what React compares. */
  version = 0;

  /** Make a source known, also while none of its lines is here. */
  declare(extent: SourceExtent): void {
    this.source(extent.attempt, extent.rank).oldest = extent.first_number;
    this.stale = true;
    this.notify();
  }

  /** Take lines in any order; those that are here already are dropped. Returns how many were new. */
  add(attempt: number, rank: number, incoming: readonly WireLine[]): number {
    if (incoming.length === 0) return 0;
    const source = this.source(attempt, rank);
    const fresh = newLines(source, incoming);
    if (fresh.length === 0) return 0;
    const cutBefore = isCut(source);
    const last = source.lines.at(-1)?.number ?? 0;
    const added = insertByNumber(source, fresh);
    const follows = (added[0] as Line).number > last;
    if (follows && isCut(source) === cutBefore) this.show(added);
    else this.stale = true;
    this.notify();
    return added.length;
  }

  /** Show only these ranks; null for all. */
  select(ranks: ReadonlySet<number> | null): void {
    this.selection = ranks;
    this.stale = true;
    this.notify();
  }

  /** Lines in the order they are shown in. The array changes in place: compare `version`. */
  visible(): readonly Line[] {
    if (!this.stale && this.pending.length > 0) this.merge();
    if (this.stale) this.rebuild();
    return this.rows;
  }

  get size(): number {
    let total = 0;
    for (const source of this.sources.values()) total += source.lines.length;
    return total;
  }

  /** Where each source continues after a break of the connection. */
  cursors(): Record<SourceKey, number> {
    const cursors: Record<SourceKey, number> = {};
    for (const [key, source] of this.sources) cursors[key] = source.lines.at(-1)?.number ?? source.oldest - 1;
    return cursors;
  }

  /** How many lines are missing between those that are here. */
  get missing(): number {
    let count = 0;
    for (const { lines } of this.chosen()) {
      const first = lines[0];
      const last = lines.at(-1);
      if (first && last) count += last.number - first.number + 1 - lines.length;
    }
    return count;
  }

  /** How many lines are missing right before this one; 0 for none and for the first of its source. */
  missingBefore(line: Line): number {
    const lines = this.sources.get(sourceKey(line.attempt, line.rank))?.lines ?? [];
    const index = indexOfNumber(lines, line.number);
    const previous = index > 0 ? lines[index - 1] : undefined;
    return previous ? line.number - previous.number - 1 : 0;
  }

  /** Is there something older to load? */
  get hasOlder(): boolean {
    return this.chosen().some(isCut);
  }

  /** The sources whose missing history keeps older lines of the others from being shown, with the number to load before. */
  olderWanted(): { attempt: number; rank: number; before: number }[] {
    const cut = this.chosen().filter(isCut);
    const horizon = Math.max(...cut.map((source) => source.lines[0]?.order ?? Infinity));
    return cut
      .filter((source) => (source.lines[0]?.order ?? Infinity) === horizon)
      .map((source) => ({
        attempt: source.attempt,
        rank: source.rank,
        before: source.lines[0]?.number ?? Number.MAX_SAFE_INTEGER,
      }));
  }

  /** The server has nothing older of this source. */
  markComplete(attempt: number, rank: number): void {
    const source = this.source(attempt, rank);
    source.oldest = source.lines[0]?.number ?? source.oldest;
    this.stale = true;
    this.notify();
  }

  has(attempt: number, rank: number, number: number): boolean {
    return indexOfNumber(this.sources.get(sourceKey(attempt, rank))?.lines ?? [], number) >= 0;
  }

  /** Something about the reading changed, not about the lines. */
  touch(): void {
    this.notify();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): number => this.version;

  private source(attempt: number, rank: number): Source {
    const key = sourceKey(attempt, rank);
    let source = this.sources.get(key);
    if (!source) {
      source = { attempt, rank, oldest: 1, lines: [] };
      this.sources.set(key, source);
    }
    return source;
  }

  private chosen(): Source[] {
    const all = [...this.sources.values()];
    return this.selection ? all.filter((source) => this.selection?.has(source.rank)) : all;
  }

  /** Lines before this are held back: a source that would have some among them has not loaded them. */
  private horizon(): number {
    const cut = this.chosen().filter((source) => isCut(source) && source.lines.length > 0);
    return Math.max(-Infinity, ...cut.map((source) => source.lines[0]?.order ?? -Infinity));
  }

  private rebuild(): void {
    const horizon = this.horizon();
    const rows: Line[] = [];
    for (const source of this.chosen()) {
      for (const line of source.lines) if (line.order >= horizon) rows.push(line);
    }
    rows.sort(compareLines);
    this.rows = rows;
    this.pending = [];
    this.stale = false;
  }

  private show(added: Line[]): void {
    if (this.stale || (this.selection && !this.selection.has((added[0] as Line).rank))) return;
    for (const line of added) this.pending.push(line);
  }

  /** The usual case, lines at the end or near it, without sorting all again. */
  private merge(): void {
    const pending = this.pending.sort(compareLines);
    this.pending = [];
    const from = lowerBound(this.rows, pending[0] as Line);
    if (from === this.rows.length) for (const line of pending) this.rows.push(line);
    else if (this.hasOlder) this.stale = true;
    else {
      // A new array: who keeps positions in the rows sees that they moved. Two sorted runs are sorted in one pass.
      const tail = [...this.rows.slice(from), ...pending].sort(compareLines);
      this.rows = [...this.rows.slice(0, from), ...tail];
    }
  }

  private notify(): void {
    this.version += 1;
    if (this.scheduled) return;
    this.scheduled = true;
    // Hundreds of frames a second are one drawing.
    setTimeout(() => {
      this.scheduled = false;
      for (const listener of this.listeners) listener();
    }, 50);
  }
}

const isCut = (source: Source): boolean =>
  (source.lines[0]?.number ?? Infinity) > source.oldest && source.lines.length > 0;

function newLines(source: Source, incoming: readonly WireLine[]): Line[] {
  const last = source.lines.at(-1)?.number ?? 0;
  const lines: Line[] = [];
  for (const [number, iso, stream, text] of incoming) {
    if (number <= last && indexOfNumber(source.lines, number) >= 0) continue;
    const at = Date.parse(iso);
    lines.push({
      attempt: source.attempt,
      rank: source.rank,
      number,
      at,
      order: at,
      stream,
      level: levelOf(text),
      text,
    });
  }
  return lines;
}

/** Put lines where their numbers belong, and let `order` never fall within the source. */
function insertByNumber(source: Source, fresh: Line[]): Line[] {
  fresh.sort((one, other) => one.number - other.number);
  const added = fresh.filter((line, index) => index === 0 || line.number !== fresh[index - 1]?.number);
  const lines = source.lines;
  const first = added[0] as Line;
  const last = added.at(-1) as Line;
  const start =
    lines.length === 0 || first.number > (lines.at(-1) as Line).number
      ? lines.length
      : lowerNumber(lines, first.number);
  const end = start === lines.length ? start : lowerNumber(lines, last.number);
  const between = lines.slice(start, end);
  const merged = between.length === 0 ? added : [...between, ...added].sort((one, other) => one.number - other.number);
  let floor = lines[start - 1]?.order ?? -Infinity;
  const ceiling = lines[end]?.order ?? Infinity;
  for (const line of merged) {
    line.order = Math.min(Math.max(line.order, floor), ceiling);
    floor = line.order;
  }
  if (start === lines.length) for (const line of merged) lines.push(line);
  else source.lines = [...lines.slice(0, start), ...merged, ...lines.slice(end)];
  return added;
}

function lowerNumber(lines: readonly Line[], number: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as Line).number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function indexOfNumber(lines: readonly Line[], number: number): number {
  const index = lowerNumber(lines, number);
  return lines[index]?.number === number ? index : -1;
}

/** Index of the first row that is not before `line`. */
export function lowerBound(rows: readonly Line[], line: Line): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareLines(rows[middle] as Line, line) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
