import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { FaultRow } from './fault-table';

/**
 * Ends the output with what failed, a line each, and one line that every reader of test logs understands:
 * `N passed, N failed, N skipped`. Where DROPGATE_TEST_COUNTS names a file, both are written to it instead, for
 * scripts/test.mjs to add up and to print behind everything else: of a long log the end is what is kept.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const failures = unhandledErrors.map((error) => `outside of any test: ${firstLine(error)}`);
    const missing = new Set<string>();
    const faults: CountedRow[] = [];
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      if (tests.length === 0 && module.state() === 'failed') {
        counts.failed += 1;
        failures.push(`${module.relativeModuleId}: ${firstLine(module.errors()[0])}`);
      }
      for (const test of tests) {
        counts[bucket(test)] += 1;
        const wrong = bucket(test) === 'failed' ? 1 : 0;
        faults.push(...(test.meta().faults ?? []).map((row) => ({ wrong, ...row })));
        if (bucket(test) === 'failed') {
          const cause = firstLine(test.result().errors?.[0]);
          failures.push(`${module.relativeModuleId} > ${test.fullName}: ${cause}`);
        }
        const component = /\[missing: (.+?)\] >/.exec(test.fullName)?.[1];
        if (component !== undefined) missing.add(component);
      }
    }
    if (faults.length > 0) reportFaults(addUp(faults));
    for (const component of missing) console.log(`skipped for want of ${component}`);
    const file = process.env.DROPGATE_TEST_COUNTS;
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify({ ...counts, failures }));
      return;
    }
    for (const failure of failures) console.log(`failed: ${failure}`);
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

function firstLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(text).split('\n', 1)[0]?.slice(0, 300) ?? '';
}

function bucket(test: TestCase): 'passed' | 'failed' | 'skipped' {
  const { state } = test.result();
  if (state === 'passed') return 'passed';
  return state === 'failed' ? 'failed' : 'skipped';
}

type CountedRow = FaultRow & { readonly wrong: number };

/** One line for each fault: how often it was tried, what went wrong. */
function addUp(rows: readonly CountedRow[]): CountedRow[] {
  const sums = new Map<string, CountedRow>();
  for (const row of rows) {
    const sum = sums.get(row.fault) ?? { tried: 0, wrong: 0 };
    sums.set(row.fault, { ...sum, ...row, tried: sum.tried + row.tried, wrong: sum.wrong + row.wrong });
  }
  return [...sums.values()];
}

/** Prints the table, and leaves it in .cache/faults.json for scripts/reliability.mjs: {whole, rows}. */
function reportFaults(rows: readonly CountedRow[]): void {
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  console.log(`\n${'fault'.padEnd(width)}   tried   wrong`);
  for (const { fault, tried, wrong, note } of rows) {
    const counts = `${String(tried).padStart(8)}${String(wrong).padStart(8)}`;
    console.log(`${fault.padEnd(width)}${counts}${note === undefined ? '' : `   ${note}`}`);
  }
  mkdirSync('.cache', { recursive: true });
  const whole = process.env.DROPGATE_FAULTS === 'whole';
  writeFileSync('.cache/faults.json', `${JSON.stringify({ whole, rows }, null, 2)}\n`);
}
