import { expect, test } from 'vitest';
import {
  ITEM_TRANSITIONS,
  type ItemTransition,
  JOB_TRANSITIONS,
  type JobTransition,
} from '../../src-main/contract/states';
import { amount } from '../support/amount';
import { runCli } from '../support/cli';
import { describeWith } from '../support/components';
import { recordFaults } from '../support/fault-table';
import { tempFolder } from '../support/temp-folder';
import { checkEnds, checkWorld } from '../support/world-check';
import { freshGate, type Kill, LIVES } from './lives';

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
  release: 'restore',
  delete: 'remove',
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
const NUMBERS = [1, 2, 3].slice(0, amount(1, 3));
const ALL: (Kill & { readonly point: Point })[] = POINTS.flatMap((point) =>
  (['before', 'after'] as const).flatMap((phase) => NUMBERS.map((nth) => ({ point, phase, nth }))),
);
/** Reduced: a part of them, from all over the table; whole, every transition is hit, or its case fails. */
const CASES = ALL.filter((_, index) => index % amount(7, 1) === 0);

describeWith(['python3'], 'the released command, killed at every transition and started again', () => {
  test.for(CASES)(
    '$point number $nth, $phase its commit: every file ends where it should, once',
    { timeout: 240_000 },
    async (kill, { task }) => {
      recordFaults(task, { fault: 'SIGKILL of the command at a transition', tried: 1 });
      const life = LIFE_OF[kill.point];
      const gate = freshGate(tempFolder(), life);
      const hit = await LIVES[life].live(gate, kill);
      expect(hit, `${kill.point}:${kill.phase}:${kill.nth} was reached`).toBe(true);
      await runCli(['probes', ...gate.options]);
      checkEnds(gate, LIVES[life].ends);
      await checkWorld(gate);
    },
  );
});
