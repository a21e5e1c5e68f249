// `dropgate scan` with every default probe on the small files of the other benchmarks, beside `clamdscan` and `yara` alone;
// and how long the same scan takes with each probe alone.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startClamd } from './support/clamd.mjs';
import { compare, oneFile } from './support/compare.mjs';
import { corpus } from './support/corpus.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';
import { timed } from './support/run-command.mjs';
import { defaultRuleFiles } from './support/yara-rules.mjs';

/** Those of contract/settings.ts. Their jobs' durations tell nothing here: all wait for each other. */
const PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];

export async function run({ rounds }) {
  const start = machine();
  const clamd = await startClamd();
  try {
    const config = join(cache, 'default.yaml');
    const probes = { clamav: { socket: clamd.socket, maxBytes: 100 * 1024 ** 2 } };
    writeFileSync(config, JSON.stringify({ dataDir: join(cache, 'data'), probes }));
    const command = dropgateCommand();
    // any verdict will do: detection.mjs counts what is stopped
    const scanned = (path, more = []) =>
      timed([...command, 'scan', '--quiet', '--config', config, ...more, path], { status: [0, 1, 2] }).seconds;
    const contestants = {
      clamdscan: (path) =>
        timed(['clamdscan', '--multiscan', '--fdpass', '--quiet', '--config-file', clamd.configFile, path]).seconds,
      'yara -p2': (path) => timed(['yara', '-p', '2', '-w', '-r', ...defaultRuleFiles(), path]).seconds,
      'dropgate, all default probes': (path) => scanned(path),
    };
    const { small } = corpus();
    const figures = compare({
      title: 'All default probes',
      contestants,
      set: small,
      single: oneFile(),
      rounds,
      goal: null,
    });
    const alone = PROBES.map((probe) => {
      const seconds = scanned(small.folder, ['--probe', probe]);
      return { probe, seconds, 'ms a file': (seconds * 1000) / small.files };
    });
    printTable('Each probe alone; members of archives are files too where the archive probe unpacks them', alone);
    keep('scan-default', start, { ...figures, alone });
  } finally {
    await clamd.stop();
  }
}
