// Fails when what the browser loads for the first list page, compressed, is more than its budget. Run after the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const BUDGET_KB = 380;
const dist = new URL('../dist/', import.meta.url);
const sizes = new Map();

/** Count a file and everything that it imports at once (not what it loads later). */
function count(name) {
  const file = new URL(`assets/${name}`, dist);
  if (sizes.has(name) || !existsSync(file)) return;
  const content = readFileSync(file);
  sizes.set(name, brotliCompressSync(content).length);
  if (!name.endsWith('.js')) return;
  for (const [, imported] of content.toString().matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) count(imported);
}

for (const [, name] of readFileSync(new URL('index.html', dist), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+)"/g))
  count(name);
for (const name of readdirSync(new URL('assets/', dist)))
  if (/^(JobsPage|english)-.*\.(js|css)$/.test(name)) count(name);

const total = [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1000;
console.log(`first list page: ${total.toFixed(1)} kB of ${BUDGET_KB} kB (brotli, ${sizes.size} files)`);
if (total > BUDGET_KB) {
  const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 12);
  for (const [name, size] of largest) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${name}`);
  process.exit(1);
}
