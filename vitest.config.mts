import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    reporters: ['default', './test/support/summary-reporter.ts'],
    pool: 'forks',
    maxWorkers: 3, // one more than the processors of a small machine: many tests wait for a clock, a process or a disk
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
