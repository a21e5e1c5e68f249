// `dropgate scan --probe clamav` against `clamdscan --multiscan --fdpass`, one clamd for both.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startClamd } from './support/clamd.mjs';
import { compare, oneFile } from './support/compare.mjs';
import { corpus } from './support/corpus.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, versionOf } from './support/report.mjs';
import { assertAllClean, timed } from './support/run-command.mjs';

/** clamdscan names a folder once, however many files it holds: its word is the summary, and no error beside it. */
function assertNoneFound(stdout) {
  const sound = stdout.includes('Infected files: 0') && !/ERROR|Total errors/.test(stdout);
  if (!sound) throw new Error(`clamdscan did not call everything clean: ${stdout.slice(-500)}`);
}

export async function run(options) {
  const start = machine();
  const clamd = await startClamd();
  try {
    const config = join(cache, 'clamav.yaml');
    const clamav = { socket: clamd.socket, configFile: clamd.configFile };
    writeFileSync(config, JSON.stringify({ dataDir: join(cache, 'data'), probes: { clamav } }));
    const dropgate = [...dropgateCommand(), 'scan', '--config', config, '--probe', 'clamav'];
    const clamdscan = ['clamdscan', '--config-file', clamd.configFile, '--multiscan', '--fdpass'];
    const contestants = {
      clamdscan: (path) => {
        const { seconds, stdout } = timed([...clamdscan, path]);
        assertNoneFound(stdout);
        return seconds;
      },
      dropgate: (path, files) => {
        const { seconds, stdout } = timed([...dropgate, path]);
        assertAllClean(stdout, files);
        return seconds;
      },
    };
    const rows = Object.entries(corpus()).map(([name, set]) =>
      compare({ title: `ClamAV, ${name}`, contestants, set, single: oneFile(), rounds: options.rounds, goal: 0.9 }),
    );
    const versions = {
      clamav: versionOf('clamdscan', '--version'),
      dropgate: versionOf(...dropgateCommand(), '--version'),
    };
    keep('scan-clamav', start, { versions, signatures: clamd.signatures, rows });
  } finally {
    await clamd.stop();
  }
}
