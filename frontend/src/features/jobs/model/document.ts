/**
 * The one model behind the form and the YAML editor: the YAML text itself.
 *
 * The form reads values out of the parsed text and writes them back at their place, so that comments, order and fields
 * which the form does not know stay as they were written. Switching between the two can lose nothing, because there is
 * nothing to convert.
 */

import { quantity } from '@shared/lib/typed';
import { type Document, isCollection, parseDocument, stringify } from 'yaml';

export type Path = readonly (string | number)[];
export type Value = Record<string, unknown>;

export interface TextError {
  message: string;
  from: number;
  to: number;
}

export interface SpecDocument {
  text: string;
  /** The parsed text; an empty object while it is empty. null when it cannot be read. */
  value: Value | null;
  errors: TextError[];
}

export function read(text: string): SpecDocument {
  const document = parse(text);
  const errors = document.errors.map((error) => ({
    message: error.message.split('\n')[0] ?? '',
    from: error.pos[0],
    to: error.pos[1],
  }));
  if (errors.length > 0) return { text, value: null, errors };
  // `maxAliasCount: 0` refuses aliases, as the server does: a few bytes must not stand for gigabytes.
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (value === null || value === undefined) return { text, value: {}, errors };
    if (isRecord(value)) return { text, value, errors };
  } catch (error) {
    return { text, value: null, errors: [{ message: (error as Error).message, from: 0, to: text.length }] };
  }
  return { text, value: null, errors: [{ message: 'not-a-mapping', from: 0, to: text.length }] };
}

/** Set (or, with undefined, remove) the value at `path`; everything else stays as it was written. */
export function write(text: string, path: Path, value: unknown): string {
  const document = parse(text);
  if (document.errors.length > 0) return text;
  if (document.contents === null) document.contents = document.createNode({}) as never;
  if (value === undefined) {
    document.deleteIn(path);
  } else {
    ensureParents(document, path);
    document.setIn(path, document.createNode(value));
  }
  return document.toString(STYLE);
}

/** The text of a spec that comes from a template, a job or a draft. */
export const textOf = (value: Value): string => stringify(prune(withQuantities(value)), STYLE);

export const isRecord = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) => (inner as Record<string | number, unknown> | null | undefined)?.[part],
    value,
  );
}

/** JSON pointer (RFC 6901) of a path, as the server names fields. */
export const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Where in the text the value of a pointer (or its nearest parent that is there) is written. */
export function rangeOf(text: string, of: string): { from: number; to: number } {
  const document = parse(text);
  let path: (string | number)[] = of
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  path = path.map((part) => (typeof part === 'string' && /^\d+$/.test(part) ? Number(part) : part));
  for (; path.length > 0; path = path.slice(0, -1)) {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    if (node && typeof node === 'object' && node.range) return { from: node.range[0], to: node.range[1] };
  }
  return { from: 0, to: Math.min(text.length, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')) };
}

const STYLE = { lineWidth: 0, indentSeq: true } as const;

const parse = (text: string): Document => parseDocument(text, { prettyErrors: false, uniqueKeys: true });

function ensureParents(document: Document, path: Path): void {
  for (let length = 1; length < path.length; length += 1) {
    const parent = path.slice(0, length);
    if (!isCollection(document.getIn(parent, true))) {
      document.setIn(parent, document.createNode(typeof path[length] === 'number' ? [] : {}));
    }
  }
}

const AMOUNTS: ReadonlySet<string> = new Set(['memory_bytes', 'unit_memory_bytes']);

/** Amounts of memory as people write them. */
function withQuantities(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withQuantities);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      AMOUNTS.has(name) && typeof inner === 'number' ? readable(inner) : withQuantities(inner),
    ]),
  );
}

/** 2147483648 is "2Gi"; what is no round quantity stays a number. */
function readable(bytes: number): string | number {
  const text = quantity(bytes);
  return text === String(bytes) ? bytes : text;
}

/** Without what says nothing: nulls, and empty lists and mappings. */
function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined && inner !== '')
    .filter(
      ([, inner]) =>
        !(Array.isArray(inner) && inner.length === 0) && !(isRecord(inner) && Object.keys(inner).length === 0),
    )
    .map(([name, inner]) => [name, prune(inner)] as const);
  return Object.fromEntries(kept);
}
