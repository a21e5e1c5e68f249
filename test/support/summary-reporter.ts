import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Ends the output with one line that every reader of test logs understands: `N passed, N failed, N skipped`. Where
 * DROPGATE_TEST_COUNTS names a file, the counts are written to it instead, for scripts/test.mjs to add up.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const missing = new Set<string>();
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      if (tests.length === 0 && module.state() === 'failed') counts.failed += 1;
      for (const test of tests) {
        counts[bucket(test)] += 1;
        const component = /\[missing: (.+?)\] >/.exec(test.fullName)?.[1];
        if (component !== undefined) missing.add(component);
      }
    }
    for (const component of missing) console.log(`skipped for want of ${component}`);
    const file = process.env.DROPGATE_TEST_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    else console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

function bucket(test: TestCase): 'passed' | 'failed' | 'skipped' {
  const { state } = test.result();
  if (state === 'passed') return 'passed';
  return state === 'failed' ? 'failed' : 'skipped';
}
