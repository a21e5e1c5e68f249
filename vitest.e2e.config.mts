import { defineConfig } from 'vitest/config';

/** The window in a real Electron: one file at a time, so that windows do not take each other's time. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/support/electron-once.ts'],
    reporters: ['default', './test/support/summary-reporter.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    retry: 1, // a desktop under load loses a frame or an event now and then; what was tried again is told as such
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
