/** How a field of the form reaches its place in the text. */
import { createContext, useContext, useId, useState } from 'react';
import { at, type Path, pointer } from '../model/document';

export interface SpecBinding {
  /** What the form shows (see shownIn). */
  value: unknown;
  set: (path: Path, value: unknown) => void;
  /** What is wrong, by pointer. */
  errors: ReadonlyMap<string, readonly string[]>;
  /** Show what is wrong with fields that nobody has touched yet, too. */
  strict: boolean;
}

export const SpecContext = createContext<SpecBinding | null>(null);

export function useSpec(): SpecBinding {
  const binding = useContext(SpecContext);
  if (!binding) throw new Error('There is no SpecContext above this field.');
  return binding;
}

export interface Bound<Value> {
  id: string;
  value: Value | undefined;
  set: (value: Value | undefined) => void;
  error: string | null;
  touch: () => void;
}

/** The value at a path of the specification, and what is wrong with it once it was touched. */
export function useBound<Value>(path: Path, inside = false): Bound<Value> {
  const { value, set, errors, strict } = useSpec();
  const id = useId();
  const [touched, setTouched] = useState(false);
  const here = pointer(path);
  const found = inside
    ? [...errors].filter(([place]) => place === here || place.startsWith(`${here}/`)).flatMap(([, words]) => words)
    : (errors.get(here) ?? []);
  return {
    id,
    value: at(value, path) as Value | undefined,
    set: (next) => {
      setTouched(true);
      set(path, next);
    },
    error: (touched || strict) && found.length > 0 ? found.join(' ') : null,
    touch: () => setTouched(true),
  };
}
