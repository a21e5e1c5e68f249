// npm run bench [-- PART...] [--rounds N] [--files N] [--gate-files N] [--window-files N] [--watch-files N] [--soak MINUTES]
// [--history-items N] [--every N]: one part per figure of docs/performance.md, `detection`, `bombs` and `scan-default` for
// docs/detection.md.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run as bombs } from './bombs.mjs';
import { run as detection } from './detection.mjs';
import { run as history } from './history.mjs';
import { run as memory } from './memory.mjs';
import { run as scanClamav } from './scan-clamav.mjs';
import { run as scanDefault } from './scan-default.mjs';
import { run as scanYara } from './scan-yara.mjs';
import { run as startup } from './startup.mjs';
import { cache, root } from './support/places.mjs';
import { machine } from './support/report.mjs';
import { run as watch } from './watch.mjs';
import { run as window } from './window.mjs';

/** The hash-list benchmark is a program of its own (its memory must be nobody else's); its figures are kept like others. */
async function hashList() {
  const start = machine();
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'bench', 'hash-list.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  if (status !== 0) throw new Error(`hash-list ended with ${status}`);
  const figures = JSON.parse(stdout.trim().split('\n').at(-1));
  writeFileSync(join(cache, 'hash-list.json'), `${JSON.stringify({ machine: start, ...figures }, null, 2)}\n`);
}

const PARTS = {
  startup,
  'scan-clamav': scanClamav,
  'scan-yara': scanYara,
  'hash-list': hashList,
  memory,
  history,
  window,
  watch,
  detection,
  bombs,
  'scan-default': scanDefault,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    files: { type: 'string', default: '100000' },
    'gate-files': { type: 'string', default: '100000' },
    'window-files': { type: 'string', default: '10000' },
    'history-items': { type: 'string', default: '1000000' },
    'watch-files': { type: 'string', default: '10000' },
    soak: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
const options = {
  rounds: Number(values.rounds),
  files: Number(values.files),
  gateFiles: Number(values['gate-files']),
  windowFiles: Number(values['window-files']),
  historyItems: Number(values['history-items']),
  watchFiles: Number(values['watch-files']),
  every: Number(values.every),
  ...(values.soak === undefined ? {} : { soak: Number(values.soak) }),
};
if (unknown.length > 0 || Object.values(options).some((value) => !Number.isInteger(value) || value < 1)) {
  process.stderr.write(`bench: parts are ${Object.keys(PARTS).join(', ')}; numbers are whole and positive\n`);
  process.exit(2);
}
for (const [name, part] of Object.entries(PARTS)) {
  if (positionals.length === 0 || positionals.includes(name)) await part(options);
}
