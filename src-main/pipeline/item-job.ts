import { join } from 'node:path';
import { rm } from '../base/files';
import type { ProbeReport } from '../contract/probe-report';
import type { Limits } from '../contract/settings';
import type { Plan } from '../contract/submission';
import type { MemberContent } from '../probes/probe';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Beginning } from './beginning';
import { ChildStager, NO_ROOM, type StagedChild } from './children';
import { NoRoom } from './postponed';
import type { JobHooks } from './run-job';
import type { StagingRoom } from './staging-room';
import type { ItemTaker } from './take-item';
import type { PlannedJob } from './transition-facts';
import type { Transitions } from './transitions';
import type { Tree } from './tree';

export interface ItemJobParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly taker: ItemTaker;
  readonly room: StagingRoom | null;
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
  private readonly tree: Tree;
  private readonly beginning: Beginning;
  private readonly parts: ItemJobParts;
  /** Made with the first member: most files have none. */
  private stager: ChildStager | null = null;
  private foundNoRoom = false;

  constructor(item: Item, job: PlannedJob, plan: Plan, tree: Tree, beginning: Beginning, parts: ItemJobParts) {
    this.limits = plan.limits;
    this.passwords = plan.passwords;
    this.item = item;
    this.job = job;
    this.plan = plan;
    this.tree = tree;
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

  readonly isOverLimit = (): boolean => this.tree.overLimit;

  get memberCount(): number {
    return this.stager?.memberCount ?? 0;
  }

  /** Another tree may have room for what this one had none for. */
  isOfThisTree(): boolean {
    return this.stager !== null || this.tree.overLimit;
  }

  /** Throws NoRoom when a member found none: then the scan says nothing about the item, whatever it reports. */
  assertHadRoom(): void {
    if (this.foundNoRoom) throw new NoRoom(NO_ROOM);
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
      tree: this.tree,
      adopt: async (children) => {
        await this.beginning.now();
        await parts.transitions.adopt(item, this.job.probe, children);
      },
      takeRoom: (bytes) => {
        const hasRoom = parts.room === null || parts.room.takeForMember(bytes);
        this.foundNoRoom ||= !hasRoom;
        return hasRoom;
      },
      describe: (path, content) => parts.taker.describe(path, content, plan),
    });
  }
}
