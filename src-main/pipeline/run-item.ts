import { allEnded } from '../base/all-ended';
import type { Clock } from '../base/clock';
import { DropgateError } from '../base/errors';
import { rm } from '../base/files';
import type { JobOutcome } from '../contract/job-outcome';
import type { IntakeProblem, Plan } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { StagedFacts } from '../store/item-moves';
import type { Item, Target } from '../store/item-row';
import type { ExceptionRow } from '../store/small-tables';
import { Beginning } from './beginning';
import { changedInPlace } from './changed-in-place';
import type { Gate } from './gate';
import { ItemJob, type ItemJobParts } from './item-job';
import { decidedMembers, MemberVerdicts } from './member-verdicts';
import { OPENED, saysEncrypted } from './opened';
import { activeExceptions, dispositionFor } from './policy';
import { NoRoom } from './postponed';
import type { ProbeSet } from './probe-set';
import { recordScan } from './record-scan';
import type { JobRunner } from './run-job';
import { scannable, withFacts } from './scannable';
import type { EndedJob, PlannedJob } from './transition-facts';
import { metLimit, type Opening, Tree } from './tree';
import { engineDied } from './unverified';
import { decideUntaken, decideVerdict } from './verdict';
import type { MemberVerdict, VerdictJob } from './verdict-input';

/** An engine that died so often with an item alone in its hands died of it; a few times it may have been killed. */
const MOST_DEATHS_ALONE = 10;
/** Members of one archive that are scanned at once, and how many are read ahead from the ledger. */
const MEMBERS_AT_ONCE = 32;
const MEMBER_PAGE = 64;

export interface RunItemParts extends ItemJobParts {
  readonly probes: ProbeSet;
  readonly gate: Gate;
  readonly jobs: JobRunner;
  readonly clock: Clock;
}

/** A job that ended, and whether the ledger has its end already. */
type RunJob = EndedJob & PlannedJob & { readonly children: number; readonly recorded: boolean };

/** What the jobs of one item share. */
interface OpenItem {
  jobs: number;
  unpacked: boolean;
  readonly beginning: Beginning;
  readonly opening: Opening;
}

/** Takes one item from wherever the ledger has it to its verdict: stage, plan, scan, unpack, decide. */
export class ItemRunner {
  private readonly parts: RunItemParts;

  constructor(parts: RunItemParts) {
    this.parts = parts;
  }

  /**
   * Resolves when the item is `decided` (or, in a gate, `disposing`) and that is durable. Rejects when `signal` aborts
   * (the item stays where it is), with NotTaken and with NoRoom.
   */
  async run(item: Item, plan: Plan, signal: AbortSignal): Promise<Verdict> {
    if (item.runsAlone >= MOST_DEATHS_ALONE) return this.giveUp(item, plan);
    return this.runTree(item, plan, this.treeOf(item, plan), signal);
  }

  /** As the ledger has it: an engine that died knew no more. */
  private treeOf(root: Item, plan: Plan): Tree {
    if (root.state === 'received') return new Tree({ files: 0, bytes: 0, overLimit: false });
    const { ledger, probes } = this.parts;
    const unpacking = plan.probes.filter((probe) => probes.unpacks(probe));
    const overLimit = unpacking.some((probe) => ledger.jobs.metLimit(root.id, probe));
    return new Tree({ ...ledger.items.treeUsage(root.id), overLimit });
  }

  private async runTree(item: Item, plan: Plan, tree: Tree, signal: AbortSignal): Promise<Verdict> {
    const opening = tree.openingAt(item.depth);
    try {
      return await this.decideTree(item, plan, tree, opening, signal);
    } catch (error) {
      if (error instanceof NoRoom) await this.dropUnpacked(item, tree);
      throw error;
    } finally {
      await opening.end();
    }
  }

  private async decideTree(
    found: Item,
    plan: Plan,
    tree: Tree,
    opening: Opening,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const item = found.state === 'scanning' ? await this.requeued(found, tree) : found;
    if (item.intakeProblem !== null) return this.decideUntaken(item, plan, item.intakeProblem);
    const taken = item.state === 'received' ? await this.parts.taker.stage(item, plan, signal) : null;
    if (taken?.kind === 'problem') return this.decideUntaken(item, plan, taken.problem);
    const facts = taken?.facts ?? null;
    const jobs = this.jobsOf(item, plan);
    const beginning = new Beginning(() => this.begin(item, facts, jobs));
    const scansAtOnce = plan.mode === 'scan' && facts !== null;
    // a gate must know after a crash what was in its hands; a scan has no second life and need not wait for the disk
    if (plan.mode === 'gate') await beginning.now();
    else if (!scansAtOnce) void beginning.now();
    const scanned = facts === null ? item : withFacts(item, facts);
    const open = { jobs: jobs.length, unpacked: false, beginning, opening };
    const ended = await allEnded(jobs.map((job) => this.runJob(scanned, job, plan, tree, open, signal)));
    const fresh = item.state === 'received' || item.state === 'staged';
    const hasChildren = !fresh || ended.some(({ children }) => children > 0);
    const children = hasChildren ? await this.runMembers(item, plan, tree, signal) : [];
    const changed = plan.mode === 'scan' && item.parentId === null ? changedInPlace(scanned) : null;
    const earlier = fresh
      ? []
      : this.parts.ledger.jobs.of(item.id).filter(({ probe }) => !jobs.some((job) => job.probe === probe));
    const outcomes = [...earlier, ...ended].map((job) => this.verdictJob(job));
    const gate = this.parts.gate.known(plan.required) ?? (await this.parts.gate.state(plan.required));
    signal.throwIfAborted();
    const verdict = decideVerdict({
      intake: changed,
      jobs: outcomes,
      children,
      membersSeen: this.membersSeen(item, outcomes),
      exceptions: this.exceptionsFor(scanned),
      gate,
    });
    if (scansAtOnce && !beginning.taken) {
      const { ledger, clock } = this.parts;
      await recordScan(ledger, clock, { id: item.id, facts, jobs: ended, verdict, problem: changed });
      return verdict;
    }
    return this.settle(
      item,
      plan,
      verdict,
      changed,
      ended.filter(({ recorded }) => !recorded),
    );
  }

  /** What was staged for an item that was cancelled meanwhile is not kept: no row names it. */
  private async begin(item: Item, facts: StagedFacts | null, jobs: readonly PlannedJob[]): Promise<void> {
    try {
      await this.parts.transitions.begin(item, facts, jobs);
    } catch (error) {
      const unnamed = error instanceof DropgateError && error.code === 'ILLEGAL_TRANSITION' ? facts?.stagedPath : null;
      if (typeof unnamed === 'string') await rm(unnamed, { force: true });
      throw error;
    }
  }

  /** An item that this engine itself gave up in the middle (its work failed) begins its scan anew. */
  private async requeued(item: Item, tree: Tree): Promise<Item> {
    const dropped = await this.parts.transitions.requeue([item.id]);
    tree.files -= dropped.length;
    for (const { stagedPath, size } of dropped) {
      tree.bytes -= size;
      await rm(stagedPath, { force: true });
    }
    return this.parts.ledger.items.get(item.id);
  }

  /** What was unpacked of it so far makes room for others: it is unpacked again when there is enough. */
  private async dropUnpacked({ id }: Item, tree: Tree): Promise<void> {
    const item = this.parts.ledger.items.get(id);
    if (item.state === 'scanning') await this.requeued(item, tree);
  }

  /** Jobs that are to run now: all of a fresh item, the unfinished ones of a resumed one. */
  private jobsOf(item: Item, plan: Plan): PlannedJob[] {
    if (item.state === 'received' || item.state === 'staged') {
      return plan.probes.map((probe) => ({ probe, required: plan.required.includes(probe) }));
    }
    return this.parts.ledger.jobs.of(item.id).filter((job) => job.state === 'pending');
  }

  private async runJob(
    item: Item,
    job: PlannedJob,
    plan: Plan,
    tree: Tree,
    open: OpenItem,
    signal: AbortSignal,
  ): Promise<RunJob> {
    const work = new ItemJob(item, job, plan, tree, open.beginning, this.parts);
    const unpacks = this.parts.probes.unpacks(job.probe);
    try {
      if (unpacks) await open.opening.begin(signal);
      const result = await this.parts.jobs.run(job.probe, scannable(item), plan, work, signal);
      work.assertHadRoom();
      const last = await work.close();
      const children = work.memberCount;
      if (unpacks) tree.overLimit ||= metLimit(result.outcome);
      if (unpacks && children === 0) await open.opening.end();
      open.jobs -= 1;
      open.unpacked ||= children > 0;
      // the last one ends in the same step as the item's scan, unless children are to be scanned first
      const recorded = children > 0 || (open.beginning.taken && (open.jobs > 0 || open.unpacked));
      if (children > 0) await open.beginning.now();
      const ended = { ...job, ...result, children, recorded };
      if (recorded) await this.parts.transitions.endJob(item, ended, last);
      return ended;
    } catch (error) {
      await work.discard();
      throw error;
    }
  }

  /** Members in pages and a few at once: an archive of any size takes a bounded place in memory. */
  private async runMembers(
    parent: Item,
    plan: Plan,
    tree: Tree,
    signal: AbortSignal,
  ): Promise<readonly MemberVerdict[]> {
    const verdicts = new MemberVerdicts();
    const members = this.membersOf(parent);
    // one list for all of them; a failure ends the list, so that nobody takes another member
    const runSome = async () => {
      for (const member of members) {
        const isDone = member.state === 'decided' && member.verdict !== null;
        verdicts.add(member, isDone ? member.verdict : await this.runTree(member, plan, tree, signal));
      }
    };
    await allEnded(Array.from({ length: MEMBERS_AT_ONCE }, runSome));
    return verdicts.entries;
  }

  private *membersOf(parent: Item): Generator<Item, void> {
    for (let after = 0; ; ) {
      const page = this.parts.ledger.items.children(parent.id, { after, limit: MEMBER_PAGE });
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
      yield* page;
    }
  }

  /** What was found of it before the engine died counts; no probe is asked again. */
  private async giveUp(item: Item, plan: Plan): Promise<Verdict> {
    await this.parts.transitions.begin(item, null, []);
    const message = `the engine ended ${item.runsAlone} times while it worked on this file alone`;
    const outcome: JobOutcome = { kind: 'error', code: 'ENGINE_GONE', message };
    const left = { outcome, durationMs: null, cached: false, cacheKey: null };
    const jobs = this.parts.ledger.jobs.of(item.id);
    const cut = jobs.flatMap((job) => (job.outcome === null ? [{ ...left, probe: job.probe }] : []));
    const found = decideVerdict({
      intake: null,
      jobs: jobs.map((job) => this.verdictJob({ ...job, outcome: job.outcome ?? outcome })),
      children: decidedMembers(this.parts.ledger, item),
      membersSeen: new Map(),
      exceptions: this.exceptionsFor(item),
      gate: { open: true },
    });
    const bad = found.kind === 'infected' || found.kind === 'suspicious';
    return this.settle(item, plan, bad ? found : engineDied(item.runsAlone), null, cut);
  }

  private decideUntaken(item: Item, plan: Plan, problem: IntakeProblem): Promise<Verdict> {
    return this.settle(item, plan, decideUntaken(problem), problem, []);
  }

  private async settle(
    item: Item,
    plan: Plan,
    verdict: Verdict,
    problem: IntakeProblem | null,
    jobs: readonly EndedJob[],
  ): Promise<Verdict> {
    const disposes = plan.mode === 'gate' && item.parentId === null;
    const target: Target | null = disposes ? dispositionFor(verdict) : null;
    await this.parts.transitions.decide(item, verdict, { target, problem, jobs });
    if (item.parentId !== null && item.stagedPath !== null) await rm(item.stagedPath, { force: true });
    return verdict;
  }

  private exceptionsFor(item: Item): ExceptionRow[] {
    const { ledger, clock } = this.parts;
    const sha256 = item.hashes?.sha256 ?? '';
    return activeExceptions(ledger.exceptions.of(sha256), sha256, clock.now());
  }

  private verdictJob(job: { probe: string; required: boolean; outcome: JobOutcome | null }): VerdictJob {
    const title = this.parts.probes.get(job.probe)?.probe.manifest.title ?? job.probe;
    const outcome = job.outcome ?? ({ kind: 'pending' } as const);
    return { probe: job.probe, title, required: job.required, outcome };
  }

  private membersSeen(item: Item, jobs: readonly VerdictJob[]): Map<string, number> {
    const { ledger } = this.parts;
    const asked = jobs.filter(saysEncrypted);
    return new Map(asked.map(({ probe }) => [probe, ledger.jobs.countMembersSeen(item.id, probe, OPENED)]));
  }
}
