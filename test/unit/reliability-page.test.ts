import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '..', '..');

/** Faults as the suites name them; of a name with a part that changes, what comes before it. */
function faultsOfSuites(): string[] {
  const names = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
  const texts = names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, 'test', name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/recordFaults\([^)]*?fault: ['`]([^'`$]+)/g)]);
  return [...new Set(named.flatMap(([, fault]) => fault ?? []))];
}

it('has a line for each fault that a suite names: after a run of the suites, npm run reliability writes them', () => {
  const lines = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8').split('\n');
  const faults = faultsOfSuites();
  expect(faults).not.toHaveLength(0);
  expect(faults.filter((fault) => !lines.some((line) => line.startsWith(`| ${fault}`)))).toEqual([]);
});
