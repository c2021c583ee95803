import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Where `npm run dev` finds the running portal (`make run` prints its address).
const portal = process.env.HANSE_PUBLIC_URL ?? 'http://127.0.0.1:8000';

/**
 * Modules of the component library that it imports wholesale, and the part of each that the first list page uses. Its
 * contexts want one file of the forms' library (43 kB of JavaScript); its tables want trees and radio buttons for menus
 * in their headers, which ours do not have: filters are above our tables.
 */
const LEANER: Record<string, string> = {
  '@rc-component/form < antd/es/form/context.js': from('./node_modules/@rc-component/form/es/FormContext.js'),
  './FilterDropdown < antd/es/table/hooks/useFilter/index.js': from('./src/shared/components/noHeaderMenus.ts'),
};

function leaner(): Plugin {
  const unmet = new Set(Object.keys(LEANER));
  return {
    name: 'leaner',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const rule = `${source} < ${importer?.split('/node_modules/').pop()}`;
      unmet.delete(rule);
      return LEANER[rule];
    },
    buildEnd(error) {
      // After an update of the library: what it imports now is looked at anew.
      if (!error && unmet.size > 0) this.error(`nothing is imported that way any more: ${[...unmet].join(', ')}`);
    },
  };
}

export default defineConfig({
  plugins: [react(), leaner()],
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
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
