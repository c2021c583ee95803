import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Where `npm run dev` finds the running portal (`make run` prints its address).
const portal = process.env.HANSE_PUBLIC_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@app': from('./src/app'), '@shared': from('./src/shared'), '@features': from('./src/features') },
  },
  build: {
    target: 'es2022',
    // Everything in one policy: scripts come from files of our own origin, never inline.
    // A page's styles are named where it is imported; its modules it names itself. The list of all modules of all pages
    // would be a tenth of what the first page loads, to save the others one round trip.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, modules, { hostType }) =>
        hostType === 'html' ? modules : modules.filter((name) => name.endsWith('.css')),
    },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '^/(api|_allauth|healthz|problems)': { target: portal, changeOrigin: true, headers: { origin: portal } },
      '/ws': { target: portal, ws: true, changeOrigin: true, headers: { origin: portal } },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/test/setup.ts'],
    css: false,
    restoreMocks: true,
    testTimeout: 15_000,
    maxWorkers: 2,
  },
});
