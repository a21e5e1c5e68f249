// node scripts/node24.mjs scripts/preview-window.mjs [PORT]: the window in any browser, without shell and engine, over a
// stub that is fed with 100,000 files. test/support/fake-bridge-start.ts tells what the address can ask for.
import { join } from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';
import { CONTENT_POLICY } from '../src-main/shell/content-policy.ts';
import { root } from './runtime.mjs';

const STUB = join(root, 'test', 'support', 'fake-bridge-start.ts');
/** Whoever shows a page of its own beside others builds it into a folder of its own. */
const BUILT = process.env.DROPGATE_PREVIEW_DIR ?? join(root, '.cache', 'preview-window');

/** The stub is there before the window's own program starts. */
const withStub = {
  name: 'window-stub',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html.replace('<script type="module"', `<script type="module" src="/@fs${STUB}"></script><script type="module"`),
  },
};

/** Builds the window over its stub and serves it on 127.0.0.1, with the policy that the app has; answers with its address and how to end it. */
export async function serveWindow(port = 0) {
  const settings = {
    configFile: false,
    root: join(root, 'src-renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [react(), tailwind(), withStub],
    build: { outDir: BUILT, emptyOutDir: true, target: 'chrome114' },
  };
  await build(settings);
  const server = await preview({
    ...settings,
    preview: {
      host: '127.0.0.1',
      port,
      strictPort: port !== 0,
      headers: { 'Content-Security-Policy': CONTENT_POLICY },
    },
  });
  const { port: bound } = server.httpServer.address();
  return { url: `http://127.0.0.1:${bound}/`, close: () => server.close() };
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await serveWindow(Number(process.argv[2] ?? 0));
  process.stdout.write(`${url}\n`);
}
