// How good the probes are that need nobody else: a labelled corpus, and ordinary files of the machine (docs/detection.md).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, writeLabelled } from './detection/labelled.mjs';
import { ordinaryFiles } from './detection/ordinary.mjs';
import { stoppedByClamd } from './detection/second-opinion.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable, versionOf } from './support/report.mjs';
import { scanRoots } from './support/scan-results.mjs';

const JUDGEMENTS = ['right', 'held', 'missed', 'false alarm'];
const GOALS = { missed: 0, infected: 0, suspicious: 0.001, unverified: 0.002 };

/** Which probes named something that stops the file, and which could not see all of it; in the file or in a member. */
function gatherProbes(root, item) {
  root.named ??= new Map();
  root.blind ??= new Set();
  for (const { probe, severity, name } of item.findings)
    if (severity !== 'info') root.named.set(probe, [...(root.named.get(probe) ?? []), name]);
  for (const { probe, coverage, state } of item.jobs)
    if (state === 'error' || coverage?.kind === 'incomplete') root.blind.add(probe);
}

async function scanLabelled(every, options) {
  const { folder, cases } = writeLabelled(every);
  const { roots, seconds } = await scanRoots(folder, gatherProbes, options);
  const byFolder = new Map(cases.map((one) => [one.folder.slice(folder.length + 1), one]));
  const judged = roots.map((root) => {
    const label = byFolder.get(root.relativePath.split('/')[0]);
    return { ...root, ...label, judgement: judge(label.expected, root.verdict) };
  });
  if (judged.length !== cases.length) throw new Error(`${cases.length} cases, but ${judged.length} verdicts`);
  return { folder, seconds, judged };
}

function groupTable(judged) {
  const groups = Map.groupBy(judged, ({ group }) => group);
  groups.set('together', judged);
  return [...groups].map(([group, all]) => ({
    group,
    cases: all.length,
    ...Object.fromEntries(JUDGEMENTS.map((word) => [word, all.filter(({ judgement }) => judgement === word).length])),
    'clamd stops': all.filter(({ byClamd, expected }) => byClamd && expected !== 'clean').length,
  }));
}

/** Found: a finding that stops the file; held: it said that it could not see all; missed: neither. */
function probeTable(judged, ordinary) {
  const hostile = judged.filter(({ expected }) => expected !== 'clean');
  const honest = [...judged.filter(({ expected }) => expected === 'clean'), ...ordinary];
  const row = (probe, finds, holds) => ({
    probe,
    found: hostile.filter(finds).length,
    held: hostile.filter((root) => !finds(root) && holds(root)).length,
    missed: hostile.filter((root) => !finds(root) && !holds(root)).length,
    'false finding': honest.filter(finds).length,
    'false hold': honest.filter((root) => !finds(root) && holds(root)).length,
  });
  const probes = [
    ...new Set([...judged, ...ordinary].flatMap(({ named, blind }) => [...named.keys(), ...blind])),
  ].sort();
  return [
    ...probes.map((probe) =>
      row(
        probe,
        ({ named }) => named.has(probe),
        ({ blind }) => blind.has(probe),
      ),
    ),
    row(
      'together',
      ({ verdict }) => verdict === 'infected' || verdict === 'suspicious',
      ({ verdict }) => verdict === 'unverified',
    ),
    row(
      'clamd, test database',
      ({ byClamd }) => byClamd,
      () => false,
    ),
  ];
}

function ordinaryTable(ordinary) {
  return ['clean', 'suspicious', 'infected', 'unverified'].map((verdict) => {
    const count = ordinary.filter((root) => root.verdict === verdict).length;
    const share = count / ordinary.length;
    const reached = !Object.hasOwn(GOALS, verdict) ? '' : share <= GOALS[verdict] ? 'reached' : 'missed';
    return { verdict, files: count, '%': Number((share * 100).toFixed(3)), goal: reached };
  });
}

const wrongLine = ({ group, judgement, path, verdict, sentence, named, ...rest }) => {
  const names = [...(named ?? new Map()).values()].flat().join(', ');
  return [judgement ?? 'ordinary', group ?? '', rest.case ?? '', path, verdict, names, sentence].join('\t');
};

/** Everything that is not as it should be, one a line, so that it can be looked into. */
function listWrong(judged, ordinary) {
  const wrong = [
    ...judged.filter(({ judgement }) => judgement !== 'right'),
    ...ordinary.filter(({ verdict }) => verdict !== 'clean'),
  ];
  writeFileSync(join(cache, 'detection-wrong.tsv'), `${wrong.map(wrongLine).join('\n')}\n`);
}

export async function run({ every }) {
  const start = machine();
  mkdirSync(join(cache, 'detection'), { recursive: true });
  const config = join(cache, 'detection', 'dropgate.yaml');
  writeFileSync(config, JSON.stringify({ dataDir: join(cache, 'detection', 'data') }));
  const options = ['--config', config];
  const choice = ordinaryFiles();
  const [labelled, { roots: ordinary, seconds }] = await Promise.all([
    scanLabelled(every, options),
    scanRoots(choice.folder, gatherProbes, options),
  ]);
  const stopped = await stoppedByClamd([labelled.folder, choice.folder]);
  for (const root of [...labelled.judged, ...ordinary]) root.byClamd = stopped.has(root.path);
  listWrong(labelled.judged, ordinary);
  const tables = {
    groups: groupTable(labelled.judged),
    ordinary: ordinaryTable(ordinary),
    probes: probeTable(labelled.judged, ordinary),
  };
  printTable('Labelled corpus', tables.groups);
  printTable(
    `Ordinary: ${choice.files} files, ${Math.round(choice.bytes / 1e6)} MB, ${choice.packages} packages among them`,
    tables.ordinary,
  );
  printTable('Per probe, over both', tables.probes);
  const versions = {
    dropgate: versionOf(...dropgateCommand(), '--version'),
    clamd: versionOf('clamdscan', '--version'),
  };
  keep('detection', start, {
    versions,
    every,
    seconds: { labelled: labelled.seconds, ordinary: seconds },
    choice: { files: choice.files, bytes: choice.bytes, packages: choice.packages },
    ...tables,
  });
}
