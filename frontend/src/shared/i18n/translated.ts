/**
 * The shape of a translation of `Source`: the same keys, so that one that is missing does not compile.
 * Plural forms differ by language: English has `_one` and `_other`, Chinese only `_other`.
 */
export type Translated<Source> = {
  [Key in keyof Source as Key extends `${string}_one` ? never : Key]: Source[Key] extends string
    ? string
    : Translated<Source[Key]>;
};
