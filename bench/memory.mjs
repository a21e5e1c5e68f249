// Most memory of the engine's process: 100,000 files scanned, 100,000 gated, and one file of 4 GiB.
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { manyFiles } from './support/corpus.mjs';
import { watched } from './support/memory-watch.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';
import { assertAllClean } from './support/run-command.mjs';

const GOAL_MIB = 250;
const HUGE_BYTES = 4 * 1024 ** 3;
const PROBES = ['yara', 'file-type', 'hash-list'];

function configFile(name, settings) {
  const path = join(cache, `${name}.yaml`);
  const dataDir = join(cache, `${name}-data`);
  rmSync(dataDir, { recursive: true, force: true });
  writeFileSync(path, JSON.stringify({ dataDir, ...settings }));
  return { path, dataDir };
}

/** A sparse file: its bytes are zeros but for the first ones. */
function hugeFile() {
  const folder = join(cache, 'huge');
  mkdirSync(folder, { recursive: true });
  const fd = openSync(join(folder, 'huge.bin'), 'w');
  writeSync(fd, 'a file of four gibibytes, most of them zeros\n');
  ftruncateSync(fd, HUGE_BYTES);
  closeSync(fd);
  return folder;
}

async function measure(what, command, { files, name, settings, folder, probes }) {
  const { path, dataDir } = configFile(name, settings);
  const named = probes.flatMap((id) => ['--probe', id]);
  try {
    const result = await watched([...dropgateCommand(), command, '--config', path, ...named, folder]);
    if (files !== null) assertAllClean(result.stdout, files);
    const children = result.children.map(
      (child) => `${child.processes} x ${child.program} ${Math.round(child.mostMiB)}`,
    );
    const row = { what, 'engine MiB': result.engineMiB, seconds: result.seconds, 'children MiB': children.join(', ') };
    return { ...row, goal: GOAL_MIB, reached: result.engineMiB <= GOAL_MIB ? 'yes' : 'no' };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export async function run(options) {
  const start = machine();
  const { files, gateFiles } = options;
  const limits = { fileBytes: '8GiB', seconds: 600 };
  const raised = {
    profiles: { default: { limits } },
    probes: { yara: { maxBytes: '8GiB', timeoutSeconds: 600 } },
  };
  const cases = [
    () =>
      measure(`scan of ${files} files`, 'scan', {
        files,
        name: 'memory-scan',
        settings: {},
        folder: manyFiles(files),
        probes: PROBES,
      }),
    () =>
      measure(`gate of ${gateFiles} files`, 'gate', {
        files: gateFiles,
        name: 'memory-gate',
        settings: { profiles: { default: { probes: PROBES } } },
        folder: manyFiles(gateFiles),
        probes: [],
      }),
    () =>
      measure('scan of one file of 4 GiB', 'scan', {
        files: 1,
        name: 'memory-huge',
        settings: raised,
        folder: hugeFile(),
        probes: PROBES,
      }),
  ];
  const rows = [];
  for (const one of cases) rows.push(await one());
  rmSync(join(cache, 'huge'), { recursive: true, force: true });
  printTable('Memory', rows);
  keep('memory', start, { rows });
}
