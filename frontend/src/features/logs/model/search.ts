/** Finding text in the lines that are loaded. */
import { type Level, type Line, plainText } from './line';

export interface Query {
  text: string;
  regex: boolean;
  caseSensitive: boolean;
}

/** A matcher for a query; null when there is nothing to look for; throws SyntaxError for a bad regular expression. */
export function matcher(query: Query): RegExp | null {
  if (query.text === '') return null;
  const source = query.regex ? query.text : query.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(source, query.caseSensitive ? 'gu' : 'giu');
}

export const matches = (expression: RegExp, line: Line): boolean => {
  expression.lastIndex = 0;
  return expression.test(plainText(line.text));
};

/** Indexes of the rows that match, from `from` on. */
export function findRows(rows: readonly Line[], expression: RegExp, from = 0): number[] {
  const found: number[] = [];
  for (let index = from; index < rows.length; index += 1) {
    if (matches(expression, rows[index] as Line)) found.push(index);
  }
  return found;
}

/** The found row after (or before) `current`, going round at the ends; null when nothing was found. */
export function step(found: readonly number[], current: number | null, direction: 1 | -1): number | null {
  if (found.length === 0) return null;
  if (current === null) return (direction === 1 ? found[0] : found.at(-1)) ?? null;
  if (direction === 1) return found.find((index) => index > current) ?? found[0] ?? null;
  return found.findLast((index) => index < current) ?? found.at(-1) ?? null;
}

const GRAVITY: Record<Level, number> = { debug: 0, info: 1, warning: 2, error: 3 };

export const atLeast = (line: Line, level: Level): boolean => GRAVITY[line.level] >= GRAVITY[level];
