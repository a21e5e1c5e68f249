// How long the built command takes to say its version, and to scan one small file from nothing.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneFile } from './support/compare.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';
import { assertAllClean, median, timed } from './support/run-command.mjs';

const TIMES_OF_ROUNDS = 3;

export async function run(options) {
  const start = machine();
  const dataDir = join(cache, 'startup-data');
  const config = join(cache, 'startup.yaml');
  writeFileSync(config, JSON.stringify({ dataDir }));
  const command = dropgateCommand();
  const file = join(oneFile(), 'file');
  const probes = ['yara', 'hash-list', 'file-type', 'archive'].flatMap((id) => ['--probe', id]);
  const scan = (args) => {
    rmSync(dataDir, { recursive: true, force: true }); // nothing from an earlier start helps
    const { seconds, stdout } = timed([...command, 'scan', '--config', config, ...args, file]);
    assertAllClean(stdout, 1);
    return seconds;
  };
  const figures = [
    { what: '--version', goal: 0.3, run: () => timed([...command, '--version']).seconds },
    { what: 'scan of one file, all probes but clamav', goal: 1.5, run: () => scan(probes) },
    { what: 'scan of one file, --probe yara', goal: 1.5, run: () => scan(['--probe', 'yara']) },
  ];
  const rows = figures.map(({ what, goal, run: once }) => {
    const times = Array.from({ length: options.rounds * TIMES_OF_ROUNDS }, once);
    const seconds = median(times);
    return {
      what,
      seconds,
      least: Math.min(...times),
      most: Math.max(...times),
      goal,
      reached: seconds < goal ? 'yes' : 'no',
    };
  });
  printTable('Start', rows);
  keep('startup', start, { rows });
}
