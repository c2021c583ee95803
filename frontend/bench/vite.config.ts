import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page of benches/log_viewer.py, built as the console is. */
export default defineConfig({
  root: from('.'),
  base: './',
  plugins: [react()],
  resolve: {
    alias: { '@app': from('../src/app'), '@shared': from('../src/shared'), '@features': from('../src/features') },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 },
});
