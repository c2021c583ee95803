/** What differs between two specifications, place by place. */

export interface Change {
  /** Such as `probe.path` or `command.2`. */
  at: string;
  /** Undefined: it was not there. */
  before: unknown;
  after: unknown;
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function flat(value: unknown, at: string, into: Map<string, unknown>): Map<string, unknown> {
  if (isHolder(value))
    for (const [name, inner] of Object.entries(value)) flat(inner, at ? `${at}.${name}` : name, into);
  else into.set(at, value);
  return into;
}

/** In the order of the newer one, then what it has no more. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const old = flat(before, '', new Map());
  const now = flat(after, '', new Map());
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((at) => ({ at, before: old.get(at), after: now.get(at) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
