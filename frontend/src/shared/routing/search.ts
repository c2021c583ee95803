/**
 * Search parameters: one codec for all pages and for links to them. Every parameter may be absent, and one that makes
 * no sense counts as absent: an old or mangled link still opens the page. A dozen lines rather than a library of
 * schemas: every first page loads this.
 */

/** What a parameter says; undefined for what makes no sense. */
type Reader<Value> = (given: unknown) => Value | undefined;
type Readers = Record<string, Reader<unknown>>;
type Read<Fields extends Readers> = { [Name in keyof Fields]?: ReturnType<Fields[Name]> };
type Search<Value> = (given: Record<string, unknown>) => Value;

export type SearchOf<Of extends Search<unknown>> = ReturnType<Of>;

export const text = (given: unknown) => (typeof given === 'string' ? given : undefined);
export const flag = (given: unknown) => (typeof given === 'boolean' ? given : undefined);
/** One or several values. */
export const texts = (given: unknown) => {
  const all: unknown[] = Array.isArray(given) ? given : [given];
  return all.every((one) => typeof one === 'string') ? all : undefined;
};
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;
const matching = (pattern: RegExp) => (given: unknown) =>
  typeof given === 'string' && pattern.test(given) ? given : undefined;
export const moment = (given: unknown) => {
  const at = matching(MOMENT)(given);
  return at && !Number.isNaN(Date.parse(at)) ? at : undefined;
};
export const shortText = (most: number) => (given: unknown) =>
  typeof given === 'string' && given.length <= most ? given : undefined;
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (given: unknown) => {
    if (typeof given !== 'number' && typeof given !== 'string') return undefined;
    const number = given === '' ? Number.NaN : Number(given);
    return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
  };
export const choice =
  <const Values extends readonly string[]>(values: Values) =>
  (given: unknown): Values[number] | undefined =>
    values.find((value) => value === given);
/** An address of our own, never of another site. */
export const ownAddress = matching(/^\/(?!\/)/);

/** The parameters of a page that is no list. */
export const search =
  <Fields extends Readers>(fields: Fields): Search<Read<Fields>> =>
  (given) => {
    const read = Object.entries(fields).map(([name, reader]) => [name, reader(given[name])] as const);
    return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Read<Fields>;
  };

/** The same, keeping what other parts of the page have in the address. */
export const openSearch =
  <Fields extends Readers>(fields: Fields): Search<Read<Fields> & Record<string, unknown>> =>
  (given) => ({
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !(name in fields))),
    ...search(fields)(given),
  });

const OF_LISTS = { q: text, order: text, cursor: text, limit: wholeNumber(1, 500) };

/** The parameters of every list. */
export const listSearch = search(OF_LISTS);
export type ListSearch = SearchOf<typeof listSearch>;

/** The parameters of a list with filters of its own. */
export const listWith = <Fields extends Readers>(fields: Fields) => search({ ...OF_LISTS, ...fields });
