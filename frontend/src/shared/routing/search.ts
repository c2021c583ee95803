/**
 * Search parameters: one codec for all pages and for links to them. Every parameter may be absent, and one that makes
 * no sense counts as absent: an old or mangled link still opens the page.
 */
import * as z from 'zod/mini';

const lenient = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

export const text = lenient(z.string());
export const flag = lenient(z.boolean());
/** One or several values. */
export const texts = lenient(
  z.union([
    z.array(z.string()),
    z.pipe(
      z.string(),
      z.transform((one) => [one]),
    ),
  ]),
);
export const moment = lenient(z.iso.datetime());
export const shortText = (most: number) => lenient(z.string().check(z.maxLength(most)));
export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  lenient(z.coerce.number().check(z.int(), z.gte(least), z.lte(most)));
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) => lenient(z.enum(values));
/** An address of our own, never of another site. */
export const ownAddress = lenient(z.string().check(z.regex(/^\/(?!\/)/)));

/** The parameters of a page that is no list. */
export const search = z.object;
/** The same, keeping what other parts of the page have in the address. */
export const openSearch = z.looseObject;

/** The parameters of every list. */
export const listSearch = z.object({ q: text, order: text, cursor: text, limit: wholeNumber(1, 500) });
export type ListSearch = z.infer<typeof listSearch>;

/** The parameters of a list with filters of its own. */
export const listWith = <Fields extends z.core.$ZodLooseShape>(fields: Fields) => z.extend(listSearch, fields);

export type SearchOf<Schema extends z.ZodMiniType> = z.infer<Schema>;
