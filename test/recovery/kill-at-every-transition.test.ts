import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PARTIAL_PREFIX } from '../../src-main/base/atomic-file';
import {
  ITEM_TRANSITIONS,
  type ItemTransition,
  JOB_TRANSITIONS,
  type JobTransition,
  SETTLED_STATES,
} from '../../src-main/contract/states';
import { runCli, type TestGate } from '../support/cli';
import { describeWith } from '../support/components';
import { filesBelow, ledgerItems, sha256Of } from '../support/ledger-view';
import { tempFolder } from '../support/temp-folder';
import { freshGate, LIVES } from './lives';

type Point = ItemTransition | `job-${JobTransition}`;

/** In which life each transition happens. The types hold it to the table: a new transition needs its life. */
const LIFE_OF: Record<Point, keyof typeof LIVES> = {
  receive: 'main',
  skip: 'main',
  adopt: 'main',
  stage: 'main',
  plan: 'main',
  start: 'main',
  decide: 'main',
  dispose: 'main',
  forward: 'main',
  quarantine: 'main',
  hold: 'main',
  requeue: 'crash',
  retry: 'raise',
  retake: 'retake',
  release: 'review',
  delete: 'review',
  cancel: 'cancel',
  'job-lease': 'main',
  'job-finish': 'main',
  'job-skip': 'main',
  'job-fail': 'poison',
  'job-release': 'poison',
  'job-cancel': 'cancel',
};

const POINTS = [
  ...Object.keys(ITEM_TRANSITIONS),
  ...Object.keys(JOB_TRANSITIONS).map((name) => `job-${name}`),
] as Point[];
const CASES = POINTS.flatMap(
  (point) =>
    [
      { point, phase: 'before' },
      { point, phase: 'after' },
    ] as const,
);

function checkStates(gate: TestGate, ends: Readonly<Record<string, readonly string[]>>): void {
  for (const { parent, name, state, sourcePending } of ledgerItems(gate.dataDir)) {
    if (parent !== null) continue;
    expect.soft(SETTLED_STATES, `${name} is ${state}`).toContain(state);
    expect.soft(ends[name], `${name} is ${state}`).toContain(state);
    expect.soft(sourcePending, `${name}: its source`).toBe(0);
  }
}

/** Every file that stands somewhere belongs to exactly one item, with the bytes that were scanned. */
function checkPlaces(gate: TestGate): void {
  const items = ledgerItems(gate.dataDir).filter(({ parent }) => parent === null);
  const forwarded = items.filter(({ state }) => state === 'forwarded');
  const places = forwarded.map(({ destination }) => (destination ?? Buffer.from('nowhere')).toString());
  expect
    .soft(
      filesBelow(gate.outbox)
        .map((name) => join(gate.outbox, name))
        .sort(),
    )
    .toEqual([...places].sort());
  for (const { destination, sha256, verdict, name } of forwarded) {
    expect.soft(verdict, name).toBe('clean');
    expect.soft(sha256Of(destination ?? Buffer.from('nowhere')), name).toBe(sha256);
  }
  const quarantine = filesBelow(join(gate.dataDir, 'quarantine'));
  const quarantined = items.filter(({ state }) => state === 'quarantined').length;
  // what a person released or deleted leaves its report: the history stays
  const reviewed = items.filter(({ state }) => state === 'released' || state === 'deleted').length;
  expect.soft(quarantine.filter((name) => name.endsWith('.cart'))).toHaveLength(quarantined);
  expect.soft(quarantine.filter((name) => name.endsWith('.report.json'))).toHaveLength(quarantined + reviewed);
  const held = items.filter(({ state }) => state === 'held');
  // a file whose bytes were never taken has its report alone
  const bytes = held.filter(({ destination }) => destination !== null);
  expect.soft(filesBelow(join(gate.dataDir, 'held'))).toHaveLength(held.length + bytes.length);
  const staged = filesBelow(join(gate.dataDir, 'staging')).filter((name) => !name.startsWith('canary/'));
  expect.soft(staged).toEqual([]);
  for (const folder of [gate.dataDir, gate.outbox, gate.input]) {
    expect.soft(filesBelow(folder).filter((name) => name.includes(PARTIAL_PREFIX))).toEqual([]);
  }
}

/** `source: move`: a file that ended somewhere is gone from where it came, one that did not is still there. */
function checkSources(gate: TestGate): void {
  const ended = new Map(
    ledgerItems(gate.dataDir)
      .filter(({ parent }) => parent === null)
      .map((item) => [item.name, item.state]),
  );
  for (const name of filesBelow(gate.input)) expect.soft(['cancelled', undefined], name).toContain(ended.get(name));
  for (const [name, state] of ended) {
    if (state === 'cancelled') expect.soft(existsSync(join(gate.input, name)), name).toBe(true);
  }
}

describeWith(['python3'], 'the released command, killed at every transition and started again', () => {
  test.for(CASES)(
    '$point, $phase its commit: every file ends where it should, once',
    { timeout: 120_000 },
    async ({ point, phase }) => {
      const life = LIFE_OF[point];
      const gate = freshGate(tempFolder(), life);
      const hit = await LIVES[life].live(gate, { DROPGATE_FAULT_KILL: `${point}:${phase}` });
      expect(hit, `${point}:${phase} was reached`).toBe(true);
      await runCli(['probes', ...gate.options]);
      checkStates(gate, LIVES[life].ends);
      checkPlaces(gate);
      checkSources(gate);
      const audit = await runCli(['audit', 'verify', ...gate.options]);
      expect.soft(audit.stdout).toContain('intact');
      const verified = await runCli(['quarantine', 'verify', ...gate.options]);
      expect.soft(verified.stdout).toContain(' 0 damaged');
    },
  );
});
