import { FakeBridge } from './fake-bridge';

// Loaded before the window's own program by scripts/preview-window.mjs. The address says which world is shown:
// ?theme=dark&language=fr&gate=closed&idle=1&items=0&engine=failed&first=1&paused=1&reachable=1&fail=items,gate
const asked = new URLSearchParams(window.location.search);
const engine = {
  failed: { kind: 'failed', problem: 'another Dropgate engine owns this data folder (/var/lib/dropgate)' },
  restarting: { kind: 'restarting', problem: 'the engine ended with 1', attempt: 2 },
  starting: { kind: 'starting' },
} as const;
const named = Object.entries(engine).find(([name]) => name === asked.get('engine'))?.[1];
const bridge = new FakeBridge({
  theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
  language: asked.get('language') === 'fr' ? 'fr' : 'en',
  gateOpen: asked.get('gate') !== 'closed',
  firstRun: asked.has('first'),
  paused: asked.has('paused'),
  reachable: asked.has('reachable'),
  failing: asked.get('fail')?.split(',') ?? [],
  items: Number(asked.get('items') ?? 100_000),
  ...(asked.has('idle') ? { open: 0 } : {}),
  ...(named === undefined ? {} : { engine: named }),
});
Object.defineProperty(window, 'dropgate', { value: bridge });
if (named === undefined && !asked.has('still')) setInterval(() => bridge.tick(), 250);
