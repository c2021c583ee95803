import { useState } from 'react';

/** A choice of how to read logs, kept in this browser. */
export function useStored(name: string, standard: boolean): [boolean, (value: boolean) => void] {
  const key = `hanse.logs.${name}`;
  const [value, setValue] = useState(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? standard : kept === 'yes';
    } catch {
      return standard;
    }
  });
  const change = (next: boolean) => {
    setValue(next);
    try {
      localStorage.setItem(key, next ? 'yes' : 'no');
    } catch {
      // Storage is full or forbidden: the choice holds for this page.
    }
  };
  return [value, change];
}
