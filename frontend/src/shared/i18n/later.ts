/**
 * Words that only some pages need, loaded with them: the dictionary that every page waits for stays small.
 * A feature's routes call `withWords` beside the import of the page.
 */
import { type Language, preferences } from '@shared/preferences';
import i18next from 'i18next';

type Loaders = Record<Language, () => Promise<object>>;

const wanted = new Map<string, Loaders>();
const loaded = new Set<string>();

async function load(name: string, language: Language): Promise<void> {
  const loaders = wanted.get(name);
  const key = `${language} ${name}`;
  if (!loaders || loaded.has(key)) return;
  const [namespace] = name.split('/') as [string];
  i18next.addResourceBundle(language, namespace, await loaders[language](), true, true);
  loaded.add(key);
}

/**
 * Load words in the language spoken, and from now on in every language that is spoken.
 * `name` is a namespace, or `namespace/part` for words that join those which every page has.
 */
export async function withWords<Module>(name: string, loaders: Loaders, page: Promise<Module>): Promise<Module> {
  wanted.set(name, loaders);
  await load(name, preferences().language);
  return page;
}

/** Before a language is spoken: load in it what is in use. */
export const loadWanted = (language: Language) => Promise.all([...wanted.keys()].map((name) => load(name, language)));
