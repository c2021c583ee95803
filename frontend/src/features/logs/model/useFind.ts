import { useMemo, useRef } from 'react';
import type { Line } from './line';
import { findRows, matcher, type Query } from './search';
import type { Rows } from './useLogSession';

export interface Findings {
  expression: RegExp | null;
  /** Positions within the rows, ascending. */
  hits: readonly number[];
  invalid: boolean;
}

/** Where the text is found in the rows. New rows at the end are looked at alone. */
export function useFind(rows: Rows, query: Query): Findings {
  const known = useRef<{
    lines: readonly Line[];
    length: number;
    expression: RegExp | null;
    head: Line | undefined;
    hits: number[];
  }>({
    lines: [],
    length: 0,
    expression: null,
    head: undefined,
    hits: [],
  });
  const { text, regex, caseSensitive } = query;
  const compiled = useMemo(() => {
    try {
      return { expression: matcher({ text, regex, caseSensitive }), invalid: false };
    } catch {
      return { expression: null, invalid: true };
    }
  }, [text, regex, caseSensitive]);
  const { expression } = compiled;
  const hits = useMemo(() => {
    if (!expression) return [];
    const before = known.current;
    const grown = before.expression === expression && before.head === rows.lines[0] && before.lines === rows.lines;
    const found = grown
      ? [...before.hits, ...findRows(rows.lines, expression, before.length)]
      : findRows(rows.lines, expression);
    known.current = { lines: rows.lines, length: rows.lines.length, expression, head: rows.lines[0], hits: found };
    return found;
    // `rows` is a new object with each version of its lines, which change in place.
  }, [expression, rows]);
  return { ...compiled, hits };
}
