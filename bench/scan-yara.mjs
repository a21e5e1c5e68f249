// `dropgate scan --probe yara` against `yara -p2`, the same rules for both: ours alone, and ours with 250 generated ones
// that do or do not use modules.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, oneFile } from './support/compare.mjs';
import { corpus } from './support/corpus.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, versionOf } from './support/report.mjs';
import { assertAllClean, timed } from './support/run-command.mjs';
import { defaultRuleFiles, generatedRules } from './support/yara-rules.mjs';

const GOALS = { small: 1, large: 0.75 };

/** yara prints matches only; no line at all is its way to say that every file is clean. */
function yaraRun(files, path) {
  const { seconds, stdout } = timed(['yara', '-p', '2', '-w', '-r', ...files, path]);
  if (stdout !== '') throw new Error(`yara matched: ${stdout.slice(0, 500)}`);
  return seconds;
}

export async function run(options) {
  const start = machine();
  const plain = generatedRules({ modules: false });
  const withModules = generatedRules({ modules: true });
  const own = defaultRuleFiles();
  const ruleSets = [
    { title: '250 rules with modules', files: [...own, ...withModules.files], rules: [withModules.folder] },
    { title: '250 rules', files: [...own, ...plain.files], rules: [plain.folder] },
    { title: 'default rules', files: own, rules: [] },
  ];
  const command = dropgateCommand();
  const rows = [];
  for (const [at, { title, files, rules }] of ruleSets.entries()) {
    const config = join(cache, `yara-${at}.yaml`);
    writeFileSync(config, JSON.stringify({ dataDir: join(cache, 'data'), probes: { yara: { rules } } }));
    const contestants = {
      'yara -p2': (path) => yaraRun(files, path),
      dropgate: (path, count) => {
        const { seconds, stdout } = timed([...command, 'scan', '--config', config, '--probe', 'yara', path]);
        assertAllClean(stdout, count);
        return seconds;
      },
    };
    for (const [name, set] of Object.entries(corpus())) {
      const { rounds } = options;
      const goal = GOALS[name];
      rows.push(compare({ title: `YARA, ${title}, ${name}`, contestants, set, single: oneFile(), rounds, goal }));
    }
  }
  const versions = { yara: versionOf('yara', '--version'), dropgate: versionOf(...command, '--version') };
  keep('scan-yara', start, { versions, rows });
}
