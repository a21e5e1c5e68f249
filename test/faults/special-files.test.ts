import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type ResultItem, resultItemSchema } from '../../src-main/contract/result';
import { startCli, type TestGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { startGateway } from '../support/gateway';
import { filesBelow, ledgerItems } from '../support/ledger-view';
import { quickGate, resultsSchema, withGate } from '../support/results';
import { suiteFolder } from '../support/suite-folder';
import { until } from '../support/until';

/** A command that waits for a special file never ends, and that is what fails here. */
vi.setConfig({ hookTimeout: 120_000, testTimeout: 120_000 });

/** A user who is bound by permissions. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** A special file, and what is said of it where it is met on a walk (scan, gate) and in a watched folder. */
interface Special {
  readonly name: string;
  readonly make: (path: string, outside: string) => void;
  readonly walked: RegExp;
  readonly watched: RegExp;
}

const link = (name: string, make: Special['make']): Special => ({
  ...{ name, make },
  ...{ walked: /^skipped .*symbolic link/, watched: /^refused .*symbolic link/ },
});
const notAFile = (name: string, kind: string, make: Special['make']): Special => ({
  ...{ name, make },
  walked: new RegExp(`^unverified unsupported .*${kind}, not a regular file`),
  watched: new RegExp(`^refused .*${kind}, not a regular file`),
});
const mknod =
  (...what: string[]): Special['make'] =>
  (path) =>
    execFileSync('mknod', [path, ...what]);

const SPECIALS: readonly Special[] = [
  link('link', (path, outside) => symlinkSync(join(outside, 'file'), path)),
  link('dangling link', (path) => symlinkSync('nowhere', path)),
  link('link to a folder', (path, outside) => symlinkSync(outside, path)),
  link('link to itself', (path) => symlinkSync(path, path)),
  notAFile('FIFO', 'a FIFO', mknod('p')),
  notAFile('character device', 'a device', mknod('c', '1', '5')),
  notAFile('block device', 'a device', mknod('b', '7', '0')),
  notAFile('socket', 'a socket', (path) => void createServer().listen(path).unref()),
  {
    name: 'unreadable',
    make: (path) => writeFileSync(path, 'a secret', { mode: 0 }),
    ...{ walked: /^unverified unreadable .*permission denied/, watched: /^unverified unreadable .*permission denied/ },
  },
  {
    name: 'second name of a file',
    make: (path, outside) => linkSync(join(outside, 'file'), path),
    ...{ walked: /^clean null /, watched: /^clean null / },
  },
];
const ORDINARY = 'zz ordinary';
const TAKEN = ['second name of a file', ORDINARY];

/** A gate of a user without rights, its input full of special files. */
function specialGate(folder: string): TestGate {
  const gate = quickGate(folder, { source: 'move' }, { watch: [{ dir: join(folder, 'in'), settleMs: 50 }] });
  const outside = join(folder, 'outside');
  for (const place of [outside, gate.dataDir]) mkdirSync(place);
  writeFileSync(join(outside, 'file'), 'lies outside');
  for (const { name, make } of SPECIALS) make(join(gate.input, name), outside);
  writeFileSync(join(gate.input, ORDINARY), 'an ordinary file');
  chmodSync(folder, 0o755);
  execFileSync('chown', [`${NOBODY.uid}:${NOBODY.gid}`, gate.input, gate.dataDir, gate.outbox]);
  return gate;
}

/** Where the user without rights may write. */
const homeOf = ({ dataDir }: TestGate) => ({ HOME: dataDir, TMPDIR: dataDir });

/** What is looked at of an event of `run --ndjson`. */
const watchedSchema = z.object({
  kind: z.string().optional(),
  name: z.string().optional(),
  problem: z.string().optional(),
  item: resultItemSchema.optional(),
});

/** What was said of each file, by its name. */
type Said = ReadonlyMap<string, string>;

const said = ({ verdict, reason, sentence, problem }: ResultItem) => `${verdict} ${reason} ${sentence} ${problem}`;

async function walk(gate: TestGate, command: string): Promise<Said> {
  const { code, stdout, stderr } = await startCli(withGate(gate, command, gate.input, '--json'), homeOf(gate), NOBODY)
    .ended;
  expect(code, stderr).toBe(2);
  return new Map(resultsSchema.parse(JSON.parse(stdout)).items.map((item) => [item.relativePath, said(item)]));
}

async function watch(gate: TestGate): Promise<Said> {
  const gateway = await startGateway(gate, homeOf(gate), NOBODY);
  const heard = () =>
    new Map(
      gateway.events().flatMap((event) => {
        const { item, kind, name, problem } = watchedSchema.parse(event);
        if (item !== undefined) return [[item.relativePath, said(item)] as const];
        return kind === 'refused' ? [[name ?? '', `refused ${problem}`] as const] : [];
      }),
    );
  try {
    await until('word of every file', () => heard().size === SPECIALS.length + 1);
    await until('the end', () => ledgerItems(gate.dataDir).every(({ sourcePending }) => sourcePending === 0));
  } finally {
    await gateway.stop();
  }
  return heard();
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot && process.env.CI === 'true') throw new Error('CI must be root on Linux, to make devices');
const suite = isRoot ? describe : describe.skip;
const missing = isRoot ? '' : ' [missing: root on Linux, to make devices]';

suite.each(['scan', 'gate', 'watched folder'] as const)(`special files in a %s${missing}`, (way) => {
  const folder = suiteFolder();
  let gate: TestGate;
  let heard: Said;

  beforeAll(async () => {
    gate = specialGate(folder);
    heard = way === 'watched folder' ? await watch(gate) : await walk(gate, way);
  });

  test.for(SPECIALS)('$name: the right outcome, with the reason', ({ name, walked, watched }, { task }) => {
    recordFaults(task, { fault: 'a link, pipe, device or unreadable file where a file should be', tried: 1 });
    expect(heard.get(name)).toMatch(way === 'watched folder' ? watched : walked);
  });

  test('only files arrived, and only what arrived was removed', () => {
    const isScan = way === 'scan';
    const arrived = filesBelow(gate.outbox).map((name) => readFileSync(join(gate.outbox, name), 'utf8'));
    expect(arrived.sort()).toEqual(isScan ? [] : ['an ordinary file', 'lies outside']);
    const left = [...SPECIALS.map(({ name }) => name), ORDINARY].filter((name) => isScan || !TAKEN.includes(name));
    expect(readdirSync(gate.input).sort()).toEqual(left.sort());
    expect(readFileSync(join(folder, 'outside/file'), 'utf8')).toBe('lies outside');
  });
});
