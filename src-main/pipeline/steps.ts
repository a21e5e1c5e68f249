import { faultPoint } from '../base/fault';
import type { ItemTransition, JobTransition } from '../contract/states';
import type { Ledger } from '../store/ledger';

/** One transition of contract/states.ts as it is applied to the ledger. */
export interface Step {
  readonly name: ItemTransition | `job-${JobTransition}`;
  readonly apply: () => void;
}

/** Takes all steps or none, in one transaction; resolves when they are durable. Each has its two fault points. */
export async function takeSteps(ledger: Ledger, steps: readonly Step[]): Promise<void> {
  await ledger.commit(() => {
    for (const { name, apply } of steps) {
      apply();
      faultPoint(name, 'before');
    }
  });
  for (const { name } of steps) faultPoint(name, 'after');
}
