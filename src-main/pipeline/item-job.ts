import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProbeReport } from '../contract/probe-report';
import type { Limits } from '../contract/settings';
import type { Plan } from '../contract/submission';
import type { MemberContent } from '../probes/probe';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Beginning } from './beginning';
import { ChildStager, type StagedChild, type TreeBudget } from './children';
import type { JobHooks } from './run-job';
import type { ItemTaker } from './take-item';
import type { PlannedJob } from './transition-facts';
import type { Transitions } from './transitions';

export interface ItemJobParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly taker: ItemTaker;
  /** Private folder for staged bytes. */
  readonly stagingDir: string;
}

/** One probe's job on one item, as the pipeline around it sees it: its members, its attempts. */
export class ItemJob implements JobHooks {
  readonly limits: Limits;
  readonly passwords: readonly string[];
  private readonly item: Item;
  private readonly job: PlannedJob;
  private readonly plan: Plan;
  private readonly budget: TreeBudget;
  private readonly beginning: Beginning;
  private readonly parts: ItemJobParts;
  /** Made with the first member: most files have none. */
  private stager: ChildStager | null = null;

  constructor(item: Item, job: PlannedJob, plan: Plan, budget: TreeBudget, beginning: Beginning, parts: ItemJobParts) {
    this.limits = plan.limits;
    this.passwords = plan.passwords;
    this.item = item;
    this.job = job;
    this.plan = plan;
    this.budget = budget;
    this.beginning = beginning;
    this.parts = parts;
  }

  get context(): JobHooks['context'] {
    return this;
  }

  readonly addChild = (name: Uint8Array, content: MemberContent): Promise<void> => {
    this.stager ??= this.newStager();
    return this.stager.add(name, content);
  };

  get memberCount(): number {
    return this.stager?.memberCount ?? 0;
  }

  hasChildren(): boolean {
    return this.memberCount > 0;
  }

  findCached(key: string): ProbeReport | null {
    return this.parts.ledger.cache.find(key);
  }

  async onRetry(): Promise<void> {
    await this.discard();
    await this.beginning.now();
    const dropped = await this.parts.transitions.leaseAgain(this.item.id, this.job.probe);
    for (const { stagedPath } of dropped) await rm(stagedPath, { force: true });
  }

  /** The scan has ended: resolves with the members that the ledger does not have yet. */
  async close(): Promise<readonly StagedChild[]> {
    return this.stager === null ? [] : this.stager.close();
  }

  /** Forgets what was unpacked so far; what the ledger has of it is the caller's to drop. */
  async discard(): Promise<void> {
    await this.stager?.discard();
  }

  private newStager(): ChildStager {
    const { item, plan, parts } = this;
    return new ChildStager({
      folder: join(parts.stagingDir, parts.ledger.submissions.get(item.submissionId).guid),
      plan,
      parent: { size: item.size ?? 0, depth: item.depth },
      budget: this.budget,
      adopt: async (children) => {
        await this.beginning.now();
        await parts.transitions.adopt(item, this.job.probe, children);
      },
      describe: (path, content) => parts.taker.describe(path, content, plan),
    });
  }
}
