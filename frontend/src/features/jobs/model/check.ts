/** Checks a specification against the JSON Schema of the server, as one types. The server has the last word. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { FieldProblem } from '@shared/api/problem';
import type { Value } from './document';

/** What is wrong: a keyword of JSON Schema for the reader's language, and the library's own words. */
export interface Finding extends FieldProblem {
  keyword: string;
}

export function makeChecker(schema: object): (value: Value) => Finding[] {
  const validator = new Validator(schema as Schema, '2020-12', false);
  return (value) => {
    const { errors } = validator.validate(value);
    return leaves(errors).map(({ keyword, instanceLocation, error }) => ({
      keyword,
      pointer: keyword === 'required' ? `${instanceLocation.slice(1)}/${missing(error)}` : instanceLocation.slice(1),
      detail: error,
    }));
  };
}

/** Only what is really wrong: a parent "does not match" because its child does not, and alternatives of one thing. */
function leaves(errors: readonly OutputUnit[]): OutputUnit[] {
  const told = new Map<string, OutputUnit>();
  const real = errors.filter((one) => !WRAPPERS.has(one.keyword));
  for (const one of real) {
    const place = one.instanceLocation + (one.keyword === 'required' ? missing(one.error) : '');
    const deeper = real.some((other) => other.instanceLocation.startsWith(`${one.instanceLocation}/`));
    const known = told.get(place);
    if (deeper && one.keyword === 'type') continue;
    if (!known || (known.keyword === 'type' && one.keyword !== 'type')) told.set(place, one);
  }
  return [...told.values()];
}

const WRAPPERS = new Set([
  'properties',
  'items',
  'prefixItems',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'propertyNames',
  'false',
]);

const missing = (error: string): string => /"([^"]+)"/.exec(error)?.[1] ?? '';
