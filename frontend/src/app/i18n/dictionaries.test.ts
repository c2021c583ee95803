import { describe, expect, it } from 'vitest';
import { dictionary as en } from './en';
import { dictionary as zh } from './zh';

type Words = { [key: string]: string | Words };

/** "jobs.bulk.count_other" -> text */
const flat = (words: Words, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );

const variables = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort();
const tags = (text: string) => [...text.matchAll(/<(\w+)>/g)].map(([, name]) => name).sort();
/** English has two forms of a plural, Chinese one. */
const alike = (key: string) => !key.endsWith('_one');

/** Phrases that the server says in English itself; only their translation is kept here. */
const ofServer = (key: string) => key.startsWith('jobs.failures.');

const english = new Map(flat(en as unknown as Words));
const chinese = new Map(flat(zh as unknown as Words).filter(([key]) => !ofServer(key)));

describe('The dictionaries', () => {
  it('hold the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].filter(alike).sort());
  });

  it('name the same variables and tags in both languages', () => {
    for (const [key, text] of chinese) {
      expect([key, ...variables(text)]).toEqual([key, ...variables(english.get(key) ?? '')]);
      expect([key, ...tags(text)]).toEqual([key, ...tags(english.get(key) ?? '')]);
    }
  });

  it('leave nothing empty', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('write Chinese with Chinese punctuation', () => {
    expect([...chinese].filter(([, text]) => /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});
