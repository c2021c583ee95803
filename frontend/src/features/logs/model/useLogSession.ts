import { LiveContext } from '@shared/live/useStream';
import { useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LogSubject } from '../api';
import type { Level, Line } from './line';
import { atLeast } from './search';
import { LogSession } from './session';
import { lowerBound } from './store';

/** A session for one attempt while the component stands. */
export function useLogSession(subject: LogSubject, attempt: number): LogSession {
  const live = useContext(LiveContext);
  const { kind, id, base } = subject;
  const session = useMemo(() => new LogSession({ kind, id, base }, attempt, live), [kind, id, base, attempt, live]);
  useEffect(() => {
    void session.open();
    return () => session.close();
  }, [session]);
  return session;
}

const FIRST_INDEX = 1_000_000_000;

export interface Rows {
  lines: readonly Line[];
  /** Virtuoso's index of the first row: it falls as rows are put before, so that what is read does not move. */
  first: number;
  version: number;
}

/** The lines to show, with what keeps the scroll position when older ones come in front. */
export function useRows(session: LogSession, level: Level | undefined): Rows {
  const version = useSyncExternalStore(session.store.subscribe, session.store.snapshot);
  const [shown, setShown] = useState<Rows & { head: Line | undefined; of: string }>({
    lines: [],
    first: FIRST_INDEX,
    version: -1,
    head: undefined,
    of: '',
  });
  const of = `${session.attempt}/${level ?? ''}`;
  if (shown.version !== version || shown.of !== of) {
    const all = session.store.visible();
    const lines = level ? all.filter((line) => atLeast(line, level)) : all;
    const before = shown.head && shown.of === of ? lowerBound(lines, shown.head) : 0;
    setShown({ lines, first: shown.of === of ? shown.first - before : FIRST_INDEX, version, head: lines[0], of });
  }
  return shown;
}
