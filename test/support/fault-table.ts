import type { TestContext } from 'vitest';

/** One line of the table that the fault suites print and docs/reliability.md keeps. */
export interface FaultRow {
  /** What was done to the program, `SIGKILL at a transition`. */
  readonly fault: string;
  /** How many times. */
  readonly tried: number;
  /**
   * How often something was lost, stuck, forwarded unscanned or twice, or wrongly refused: nothing but 0 is right.
   * Without it: 1 when the test fails, else 0.
   */
  readonly wrong?: number;
  /** What else is worth saying, `22 transitions, each before and after its commit`. */
  readonly note?: string;
}

declare module 'vitest' {
  interface TaskMeta {
    faults?: FaultRow[];
  }
}

/** Adds a line to the table at the end of the run; lines of one fault are added up. Call it before what is
 * tried, so that a test that fails counts too. */
export function recordFaults(task: TestContext['task'], row: FaultRow): void {
  task.meta.faults = [...(task.meta.faults ?? []), row];
}
