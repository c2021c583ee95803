/** What a person chose for this browser; language and theme also go with their account. */
import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';
export type Language = 'en' | 'zh';

export interface Preferences {
  theme: Theme;
  density: Density;
  language: Language;
  /** Slugs of `tenant/project`, newest first. */
  recents: string[];
  /** Chosen columns by table. */
  columns: Record<string, string[]>;
}

const KEY = 'hanse.preferences';
const MOST_RECENTS = 8;

export const languageOf = (code: string): Language => (code.toLowerCase().startsWith('zh') ? 'zh' : 'en');
/** The name of a language as the server and browsers know it. */
export const languageCode = (language: Language) => (language === 'zh' ? 'zh-hans' : 'en');

function read(): Preferences {
  const defaults: Preferences = {
    theme: 'system',
    density: 'compact',
    language: languageOf(navigator.language),
    recents: [],
    columns: {},
  };
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

let current = read();
const watchers = new Set<() => void>();

export const preferences = () => current;

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is full or forbidden: the choice holds for this page.
  }
  for (const changed of watchers) changed();
}

export function rememberPlace(tenant: string, project: string): void {
  const place = `${tenant}/${project}`;
  if (current.recents[0] === place) return;
  prefer({ recents: [place, ...current.recents.filter((other) => other !== place)].slice(0, MOST_RECENTS) });
}

export const usePreferences = () =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => current,
  );
