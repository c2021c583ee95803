import { parseBytes } from '@shared/lib/units';

const LEAST = 2 ** 20;

/** The rule of a field for a size: of at least 1 MiB; or, where that means something, empty. */
export const sizeRule = (message: string, { mayBeEmpty = false } = {}) => ({
  validator: (_: unknown, value?: string) =>
    (mayBeEmpty && !value?.trim()) || (parseBytes(value ?? '') ?? 0) >= LEAST
      ? Promise.resolve()
      : Promise.reject(new Error(message)),
});
