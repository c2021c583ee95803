/** A line as the console keeps it. Its identity is (attempt, rank, number): numbers come from where it was written. */

export type LogStream = 'out' | 'err' | 'hanse';
export type Level = 'debug' | 'info' | 'warning' | 'error';

/** A line as the socket and REST bring it: number, ISO time, stream, text. */
export type WireLine = [number: number, at: string, stream: LogStream, text: string];

/** What the server has of one rank. */
export interface SourceExtent {
  attempt: number;
  rank: number;
  first_number: number;
  last_number: number;
}

export interface Line {
  readonly attempt: number;
  readonly rank: number;
  readonly number: number;
  /** Milliseconds since 1970, as the replica's clock said. */
  readonly at: number;
  /** Where the line stands among all ranks: `at`, made never to fall within one rank. */
  order: number;
  readonly stream: LogStream;
  readonly level: Level;
  readonly text: string;
}

export type SourceKey = `${number}/${number}`;

export const sourceKey = (attempt: number, rank: number): SourceKey => `${attempt}/${rank}`;
export const lineKey = (line: Line): string => `${line.attempt}/${line.rank}/${line.number}`;

/** Reads "attempt/rank/number", as permalinks hold it; null for anything else. */
export function parseLineKey(text: string | undefined): { attempt: number; rank: number; number: number } | null {
  const found = /^(\d{1,9})\/(\d{1,9})\/(\d{1,15})$/.exec(text ?? '');
  return found ? { attempt: Number(found[1]), rank: Number(found[2]), number: Number(found[3]) } : null;
}

export function compareLines(one: Line, other: Line): number {
  return one.order - other.order || one.rank - other.rank || one.number - other.number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const SGR = /\u001b\[[0-9;:]*m/g;

/** The text without its colours: what is searched and copied. */
export const plainText = (text: string): string => (text.includes('\u001b') ? text.replace(SGR, '') : text);

const ERROR =
  /\b(?:ERROR|FATAL|CRITICAL|PANIC)\b|^Traceback \(|^\s*(?:[A-Za-z_][\w.]*)?(?:Error|Exception)\b:?|\b(?:error|fatal|panic):|\bSegmentation fault\b|\bOut of memory\b/;
const WARNING = /\b(?:WARN|WARNING)\b|\b[A-Z]\w*Warning:|\bwarning:/;
const DEBUG = /\b(?:DEBUG|TRACE)\b/;

/** How grave a line is, judged by its words: programs have no common way to say it. */
export function levelOf(text: string): Level {
  const plain = plainText(text);
  if (ERROR.test(plain)) return 'error';
  if (WARNING.test(plain)) return 'warning';
  return DEBUG.test(plain) ? 'debug' : 'info';
}
