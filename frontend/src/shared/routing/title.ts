/** The window's title: a page that is of one thing names it, so that tabs and the history tell one from the other. */
import { useEffect, useSyncExternalStore } from 'react';

let named = '';
const watchers = new Set<() => void>();

function name(next: string) {
  named = next;
  for (const changed of watchers) changed();
}

/** Name what this page is of, while it stands. */
export function usePageName(of: string | undefined): void {
  useEffect(() => {
    if (!of) return;
    name(of);
    return () => name('');
  }, [of]);
}

export const usePageNamed = () =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => named,
  );
