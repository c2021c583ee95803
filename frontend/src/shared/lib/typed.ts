/** Amounts and commands as people write them. */

const UNITS: [unit: string, bytes: number][] = [
  ['Ti', 2 ** 40],
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['Ki', 2 ** 10],
];

/** The shortest exact quantity: 2147483648 is "2Gi". */
export function quantity(bytes: number): string {
  for (const [unit, size] of UNITS) {
    const amount = bytes / size;
    if (amount >= 1 && Number.isInteger(amount)) return `${amount}${unit}`;
  }
  return String(bytes);
}

/** Split a command line into its words as a shell would, without expanding anything; null while a quote is open. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] as string;
    if (quote === "'") {
      if (character === "'") quote = null;
      else word += character;
    } else if (character === '\\' && !(quote === '"' && !'"\\$`'.includes(line[index + 1] ?? ''))) {
      index += 1;
      if (index >= line.length) return null;
      if (line[index] !== '\n') word = (word ?? '') + (line[index] as string);
    } else if (quote === '"') {
      if (character === '"') quote = null;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote) return null;
  if (word !== null) words.push(word);
  return words;
}

/** The command line that `splitWords` reads back as these words. */
export const joinWords = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** Reads lines of NAME=value as `.env` files hold them. */
export function parseEnv(text: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
    if (!found) continue;
    const raw = (found[2] as string).trim();
    env[found[1] as string] = /^(["']).*\1$/.test(raw) ? raw.slice(1, -1) : raw;
  }
  return env;
}
