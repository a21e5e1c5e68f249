// The window: how soon it is there, how smoothly it scrolls, how often it is pushed to, how free its main process stays
// while the engine scans, and what all of it weighs. Needs Xvfb; the rows are scrolled in Debian's Chromium.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { electronArguments } from '../scripts/electron.mjs';
import { cache } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';
import { median } from './support/run-command.mjs';
import { askEngine, memoryOf, startScreen, startWindow, windowParts } from './support/window-app.mjs';

const SCROLL_MS = 4_000;
const PIXELS_A_FRAME = 160;
const LOOK_MS = 1_000;
const POLL_MS = 5;
const SECOND_MS = 1_000;

/** When a heading and a button that works are there. Not waitForFunction: its second look is an eval that the page refuses. */
async function whenUsable(page) {
  for (;;) {
    const at = await page
      .evaluate(() => {
        const usable = document.querySelector('main h1') && document.querySelector('main button:not(:disabled)');
        return usable ? Date.now() : null;
      })
      .catch(() => null); // it is just changing from nothing to the page
    if (at !== null) return at;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Milliseconds from asking for the process to the first paint, and to a page that can be used. */
async function start(parts, display) {
  const { app, page, started } = await startWindow(parts, display);
  try {
    const interactive = (await whenUsable(page)) - started;
    const paint = await page.evaluate(
      () => performance.timeOrigin + (performance.getEntriesByType('paint')[0]?.startTime ?? Number.NaN),
    );
    return { firstPaint: paint - started, interactive };
  } finally {
    await app.close();
  }
}

/** Frames a second while the table of Results is scrolled without a pause, over the window's stub. */
async function scrolling(rows) {
  process.env.NODE_ENV = 'production';
  const { serveWindow } = await import('../scripts/preview-window.mjs');
  const { url, close } = await serveWindow();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: electronArguments() });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${url}?items=${rows}&still=1#/results`);
    await page.getByRole('row').nth(5).waitFor();
    return await page.evaluate(
      async ([ms, pixels]) => {
        const grid = document.querySelector('[role=grid]');
        const frames = [];
        const begun = performance.now();
        for (let now = begun; now - begun < ms; ) {
          grid.scrollTop += pixels;
          now = await new Promise((resolve) => requestAnimationFrame(resolve));
          frames.push(now);
        }
        const gaps = frames.slice(1).map((at, index) => at - frames[index]);
        return { fps: (gaps.length * 1000) / (frames.at(-1) - frames[0]), longestMs: Math.max(...gaps) };
      },
      [SCROLL_MS, PIXELS_A_FRAME],
    );
  } finally {
    await browser.close();
    await close();
  }
}

function writeFiles(count) {
  const folder = join(cache, `window-files-${count}`);
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < count; at += 1) writeFileSync(join(folder, `file-${at}.txt`), `file ${at}\n`.repeat(20));
  return folder;
}

/** Runs in the main process: from now on its event loop is measured. */
function watchLoop() {
  const hooks = process.getBuiltinModule?.('node:perf_hooks') ?? process.mainModule.require('node:perf_hooks');
  globalThis.loopDelay = hooks.monitorEventLoopDelay({ resolution: 5 });
  globalThis.loopDelay.enable();
}

const readLoop = () => ({ p99: globalThis.loopDelay.percentile(99) / 1e6, most: globalThis.loopDelay.max / 1e6 });

/** Runs in the page: from now on every push is noted. */
function notePushes() {
  window.pushes = [];
  window.dropgate.on(() => window.pushes.push(performance.now()));
}

/** Most pushes within any one second. */
function mostPerSecond(times) {
  return times.reduce(
    (most, at) => Math.max(most, times.filter((other) => other >= at && other < at + SECOND_MS).length),
    0,
  );
}

/** What a scan of many small files does to the window. */
async function scan(parts, display, files) {
  const folder = writeFiles(files);
  const { app, page } = await startWindow(parts, display);
  try {
    await askEngine(page, 'hello', {});
    const pid = app.process().pid;
    const idle = memoryOf(pid);
    await page.evaluate(notePushes);
    await app.evaluate(watchLoop);
    const begun = performance.now();
    const paths = [Buffer.from(folder).toString('base64')];
    const { submission } = await askEngine(page, 'gate', { paths, profile: null, probes: null, force: false });
    let most = idle;
    for (let ended = false; !ended; ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      ended = (await askEngine(page, 'progress', { submission })).ended;
      const now = memoryOf(pid);
      if (now.pssMiB > most.pssMiB) most = now;
    }
    const seconds = (performance.now() - begun) / 1000;
    const pushes = mostPerSecond(await page.evaluate(() => window.pushes));
    return { filesPerSecond: files / seconds, pushes, loop: await app.evaluate(readLoop), idle, most };
  } finally {
    await app.close();
  }
}

function row(what, value, goal, reached) {
  return { what, value, goal, reached: reached === null ? '' : reached ? 'yes' : 'no' };
}

export async function run({ rounds, files, windowFiles }) {
  const before = machine();
  const screen = await startScreen();
  try {
    const parts = await windowParts();
    const starts = [];
    for (let round = -1; round < rounds; round += 1) {
      const figures = await start(parts, screen.display);
      if (round >= 0) starts.push(figures);
    }
    const scrolled = await scrolling(files);
    const scanned = await scan(parts, screen.display, windowFiles);
    const paint = median(starts.map(({ firstPaint }) => firstPaint)) / 1000;
    const interactive = median(starts.map((figures) => figures.interactive)) / 1000;
    const { fps, longestMs } = scrolled;
    const { pushes, loop, filesPerSecond, idle, most } = scanned;
    const rows = [
      row('first paint after launch, s', paint, '<= 1.0', paint <= 1),
      row('interactive after launch, s', interactive, '<= 1.5', interactive <= 1.5),
      row(`${files} rows scrolled, frames/s`, fps, '>= 55', fps >= 55),
      row('longest frame while scrolling, ms', longestMs, '', null),
      row(`most pushes a second at ${Math.round(filesPerSecond)} files/s`, pushes, '<= 10', pushes <= 10),
      row(`main process, event loop p99 during ${windowFiles} files, ms`, loop.p99, '< 50', loop.p99 < 50),
      row(`memory of ${idle.processes} processes before, PSS MiB`, idle.pssMiB, '', null),
      row(`memory of ${most.processes} processes at most, PSS MiB`, most.pssMiB, '', null),
    ];
    printTable(`Window (${parts.electron.what})`, rows);
    keep('window', before, { electron: parts.electron.version, starts, scrolled, scanned, rows });
  } finally {
    screen.stop();
  }
}
