import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

/** Every program of its own (process, worker thread, child) is an entry here; `base/entries.ts` finds it by this name at run time. */
const entries = ['cli', 'intake-worker', 'cart-worker', 'yara-child', 'hash-index-child'] as const;
const entryFiles: Record<(typeof entries)[number], string> = {
  cli: 'src-main/cli/main.ts',
  'intake-worker': 'src-main/intake/worker.ts',
  'cart-worker': 'src-main/sinks/cart-worker.ts',
  'yara-child': 'src-main/probes/yara/child.ts',
  'hash-index-child': 'src-main/probes/hash-list/child.ts',
};

/** Built in instead of loaded from node_modules: loaded whole, zod alone (with all its languages) takes 80 ms of every start. */
const bundled = ['zod', 'commander', 'picocolors', 'picomatch', 'yaml'];

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: bundled },
      outDir: process.env.DROPGATE_BUILD_DIR ?? 'out/main',
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((name) => [name, resolve(import.meta.dirname, entryFiles[name])])),
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
