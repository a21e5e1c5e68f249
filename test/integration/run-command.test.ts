import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { amount } from '../support/amount';
import { textsArrived } from '../support/arrived';
import { runCli, startCli, type TestGate, testGate } from '../support/cli';
import { filesBelow, ledgerItems, sha256Of } from '../support/ledger-view';
import { withGate } from '../support/results';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

const FILES = amount(600, 10_000);
/** Lives of the gateway: how each ends. Files come while it lives and while it is dead. */
const LIVES = ['SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGTERM'] as const;
const MINUTES = 60_000;

type Folder = 'moved' | 'kept';

/** Files that are fed: hash of each by `<folder>/<relative path>`. */
class Feeder {
  readonly fed = new Map<string, string>();
  private readonly gate: TestGate;

  constructor(gate: TestGate) {
    this.gate = gate;
  }

  /** Writes so many new files of their own content, half of them in each folder, some nested deep. */
  burst(count: number): void {
    for (let n = 0; n < count; n += 1) {
      const number = this.fed.size;
      const folder: Folder = number % 2 === 0 ? 'moved' : 'kept';
      const path = ['', `day-${number % 5}/`, `day-${number % 5}/hour-${number % 3}/`][number % 3] ?? '';
      const bytes = Buffer.concat([Buffer.from(`file ${number}\n`), randomBytes(number % 4000)]);
      const name = `${folder}/${path}${number}.bin`;
      const target = join(this.gate.input, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
      this.fed.set(name, createHash('sha256').update(bytes).digest('hex'));
    }
  }
}

function watchGate(folder: string): TestGate {
  const input = join(folder, 'in');
  for (const name of ['moved', 'kept']) mkdirSync(join(input, name), { recursive: true });
  return testGate(folder, {
    profiles: { default: { probes: ['hash-list', 'file-type', 'archive'], destination: 'outbox' } },
    watch: [
      { dir: join(input, 'moved'), settleMs: 100, source: 'move' },
      { dir: join(input, 'kept'), settleMs: 100, source: 'keep' },
    ],
  });
}

const relativePathOf = (forwarded: string) => forwarded.slice(forwarded.indexOf('/') + 1);

test(`${FILES} files into watched folders while the gateway is stopped, killed and started again: each arrives once, whole`, {
  timeout: amount(4, 60) * MINUTES,
}, async () => {
  const gate = watchGate(tempFolder());
  const feeder = new Feeder(gate);
  const share = Math.ceil(FILES / (2 * LIVES.length));
  for (const signal of LIVES) {
    feeder.burst(Math.min(share, FILES - feeder.fed.size));
    const before = filesBelow(gate.outbox).length;
    const gateway = startCli(withGate(gate, 'run', '--quiet'));
    feeder.burst(Math.min(share, FILES - feeder.fed.size));
    await until('some files', () => filesBelow(gate.outbox).length >= Math.min(before + 10, feeder.fed.size));
    gateway.kill(signal);
    const ended = await gateway.ended;
    if (signal === 'SIGTERM') expect(ended.code, ended.stderr).toBe(0);
    else expect(ended.signal).toBe(signal);
  }
  expect(feeder.fed.size).toBe(FILES);
  const last = startCli(withGate(gate, 'run', '--quiet'));
  const arrived = () => filesBelow(gate.outbox);
  await until('every file', () => arrived().length >= FILES, { seconds: amount(120, 1800) });
  await until('every source', () => filesBelow(join(gate.input, 'moved')).length === 0);
  last.kill('SIGTERM');
  expect((await last.ended).code).toBe(0);

  // each hash once: nothing missed, nothing twice, nothing changed
  const hashes = arrived().map((name) => sha256Of(join(gate.outbox, name)));
  expect([...hashes].sort()).toEqual([...feeder.fed.values()].sort());
  // each under its relative path below the submission's folder
  const places = arrived().map((name, index) => `${relativePathOf(name)} ${hashes[index]}`);
  const expected = [...feeder.fed].map(([name, hash]) => `${relativePathOf(name)} ${hash}`);
  expect(places.sort()).toEqual(expected.sort());
  // a moved source is gone, a kept one is as it was
  const kept = [...feeder.fed].filter(([name]) => name.startsWith('kept/'));
  expect(filesBelow(gate.input)).toEqual(kept.map(([name]) => name).sort());
  expect(ledgerItems(gate.dataDir).filter(({ state }) => state !== 'forwarded')).toEqual([]);
  expect((await runCli(withGate(gate, 'audit', 'verify'))).code).toBe(0);
});

test('a file that is changed or replaced in a kept folder is taken again, one that stays is not', async () => {
  const gate = watchGate(tempFolder());
  const path = join(gate.input, 'kept', 'a.txt');
  const arrived = () => textsArrived(gate.outbox);
  writeFileSync(path, 'first');
  writeFileSync(join(gate.input, 'kept', 'stays.txt'), 'the same');
  for (const [text, number] of [
    ['first', 2],
    ['the second', 3],
  ] as const) {
    const gateway = startCli(withGate(gate, 'run', '--quiet'));
    writeFileSync(path, text);
    await until(`the ${text} version`, () => arrived().length >= number);
    gateway.kill('SIGTERM');
    await gateway.ended;
  }
  const texts = arrived().sort();
  expect(texts.filter((text) => text === 'the same')).toEqual(['the same']);
  expect(new Set(texts)).toEqual(new Set(['first', 'the same', 'the second']));
});
