/** Amounts as people write them, parsed once, here. On the wire memory is bytes and CPU is thousandths of a core. */

const UNITS: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Reads "512Mi", "2 GiB" or a number of bytes; null when it is none of them. */
export function parseBytes(text: string): number | null {
  const found = /^(\d{1,18}(?:\.\d{1,9})?)\s*(Ki|Mi|Gi|Ti|k|M|G|T)?B?$/.exec(text.trim());
  return found ? Math.round(Number(found[1]) * (UNITS[found[2] ?? ''] as number)) : null;
}

/** The shortest exact quantity: 2147483648 is "2Gi". */
export function quantity(bytes: number): string {
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    const amount = bytes / (UNITS[unit] as number);
    if (amount >= 1 && Number.isInteger(amount * 100)) return `${amount}${unit}`;
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
