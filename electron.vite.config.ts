import { join, resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Every program of its own (process, worker thread, child) is an entry here; `base/entries.ts` finds it by this name at run time. */
const entries = {
  cli: 'src-main/cli/main.ts',
  'intake-worker': 'src-main/intake/worker.ts',
  'cart-worker': 'src-main/sinks/cart-worker.ts',
  'folder-worker': 'src-main/sinks/folder/worker.ts',
  'ledger-reader': 'src-main/pipeline/reading/thread.ts',
  'ledger-backup': 'src-main/store/backup-child.ts',
  'yara-child': 'src-main/probes/yara/child.ts',
  'hash-index-child': 'src-main/probes/hash-list/child.ts',
  'unpack-child': 'src-main/probes/archive/unpacking/child.ts',
};
const windowEntries = { app: 'src-main/shell/app.ts' };

/** Built in instead of loaded from node_modules: loaded whole, zod alone (with all its languages) takes 80 ms of every start. */
const bundled = ['zod', 'commander', 'picocolors', 'picomatch', 'yaml'];

/** Of one build: programs in the folder itself, `preload/` and `renderer/` below it. */
const outDir = process.env.DROPGATE_BUILD_DIR ?? 'out/main';

/** `command`: what the command line needs, and no window. */
const withWindow = process.env.DROPGATE_BUILD_PARTS !== 'command';

const sources = (names: Record<string, string>) =>
  Object.fromEntries(Object.entries(names).map(([name, file]) => [name, resolve(import.meta.dirname, file)]));

/** Of `npm run dev`. The page comes from an address of its own, so it must be told where changes are announced. */
const port = Number(process.env.DEV_SERVER_PORT ?? '0');
const server = {
  host: '127.0.0.1',
  port,
  strictPort: true,
  hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port },
} as const;

const main = {
  build: {
    externalizeDeps: { exclude: bundled },
    outDir,
    emptyOutDir: true,
    rolldownOptions: {
      input: sources(withWindow ? { ...entries, ...windowEntries } : entries),
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
} as const;

export default defineConfig(
  withWindow
    ? {
        main,
        // sandboxed, so one file of CommonJS that loads nothing
        preload: {
          build: {
            externalizeDeps: false,
            outDir: join(outDir, 'preload'),
            rolldownOptions: {
              input: sources({ preload: 'src-main/shell/preload.ts' }),
              output: { format: 'cjs', entryFileNames: '[name].js' },
            },
          },
        },
        renderer: {
          root: resolve(import.meta.dirname, 'src-renderer'),
          server,
          // the page may run nothing that is not a file of its own: no inlined files, no inline helper
          build: {
            outDir: resolve(import.meta.dirname, outDir, 'renderer'),
            emptyOutDir: true,
            assetsInlineLimit: 0,
            modulePreload: { polyfill: false },
            rolldownOptions: { input: resolve(import.meta.dirname, 'src-renderer', 'index.html') },
          },
          plugins: [react(), tailwindcss()],
        },
      }
    : { main },
);
