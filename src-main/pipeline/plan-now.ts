import type { Plan } from '../contract/submission';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';

/** Probes of a profile as configured now; null when there is no such profile any more. */
export type ProbesNow = (profile: string) => Pick<Plan, 'probes' | 'required'> | null;

const both = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];

/**
 * What a submission promised, and beside it what its profile asks now: a file that waited (held, or in a backlog) while
 * a probe was added is not let through without it. Nothing that was promised is taken away.
 */
export function planNow(promised: Plan, now: ProbesNow): Plan {
  const current = now(promised.profile);
  if (current === null) return promised;
  const probes = both(promised.probes, current.probes);
  const required = both(promised.required, current.required);
  const grown = probes.length > promised.probes.length || required.length > promised.required.length;
  return grown ? { ...promised, probes, required } : promised;
}

/**
 * Required probes that never had a job on an item: added to its profile after it was decided, while it waited for its
 * destination. Its verdict says nothing about them.
 */
export function probesUnseen(ledger: Ledger, item: Item, plan: Plan): string[] {
  const seen = new Set(ledger.jobs.probesOf(item.id));
  return plan.required.filter((probe) => !seen.has(probe));
}
