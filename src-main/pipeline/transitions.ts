import type { Clock } from '../base/clock';
import { DropgateError } from '../base/errors';
import type { Limits } from '../contract/settings';
import { ITEM_TRANSITIONS } from '../contract/states';
import type { FileIdentity, IntakeProblem } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { CustodyHead } from '../store/custody';
import type { DroppedMember } from '../store/item-marks';
import type { Ending, StagedFacts } from '../store/item-moves';
import type { Item, Target } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { StagedChild } from './children';
import { jobEnding } from './job-ending';
import { type Step, takeSteps } from './steps';
import type { Move } from './tally';
import type { EndedJob, PlannedJob, ReceivedFile } from './transition-facts';

/** A running job's lease: after this a job found running belongs to a dead engine. Renewed by finishing. */
const LEASE_MS = 15 * 60_000;

/**
 * Every change of an item or a job, each function one atomic step of the ledger together with its custody rows.
 * Which states a step may start from stands in contract/states.ts; a step that does not fit throws ILLEGAL_TRANSITION
 * and changes nothing. All promises resolve when the step is durable.
 */
export class Transitions {
  private readonly ledger: Ledger;
  private readonly clock: Clock;
  private readonly keepsCustody: boolean;
  private readonly onMove: (move: Move) => void;

  /** `custody`: false for a scan, whose ledger is thrown away with its end. `onMove` hears of every step that is durable. */
  constructor(ledger: Ledger, clock: Clock, options: { custody: boolean; onMove?: (move: Move) => void }) {
    this.ledger = ledger;
    this.clock = clock;
    this.keepsCustody = options.custody;
    this.onMove = options.onMove ?? (() => undefined);
  }

  /** none > received (or skipped) for a batch of files of one submission. */
  receive(submissionId: number, files: readonly ReceivedFile[]): Promise<void> {
    const now = this.clock.now();
    const { guid, plan } = this.ledger.submissions.get(submissionId);
    return this.step(
      files.map((file) => ({
        name: file.skipped === null ? 'receive' : 'skip',
        apply: () => {
          const { relativePath, sourcePath } = file;
          const row = { submissionId, relativePath, sourcePath, now };
          const id =
            file.skipped === null
              ? this.ledger.moves.receive({ ...row, problem: file.refused, identity: file.identity })
              : this.ledger.moves.skip(row, file.skipped);
          if (file.identity !== null && plan.watchFolder !== null) {
            this.ledger.taken.remember(plan.watchFolder, relativePath, file.identity);
          }
          this.record(id, file.skipped === null ? 'received' : 'skipped', {
            submission: guid,
            path: Buffer.from(sourcePath).toString('base64'),
          });
        },
      })),
    );
  }

  /**
   * received > staged > planned > scanning in one step, beginning wherever the item stands, and every job that is to
   * run now (`jobs`) pending > running.
   */
  begin(item: Item, facts: StagedFacts | null, jobs: readonly PlannedJob[]): Promise<void> {
    return this.step(facts === null ? this.resuming(item, jobs) : this.beginning(item, facts, jobs));
  }

  /** running > pending > running: the next attempt of a job. Resolves with the members that it unpacked so far, dropped. */
  async leaseAgain(id: number, probe: string): Promise<readonly DroppedMember[]> {
    let dropped: readonly DroppedMember[] = [];
    const release = () => {
      dropped = this.dropUnfinished(id, probe);
      this.ledger.jobs.release(id, probe);
    };
    await this.step([
      { name: 'job-release', apply: release },
      { name: 'job-lease', apply: () => this.lease(id, probe) },
    ]);
    return dropped;
  }

  /** none > staged for members that a running job has unpacked so far. They are dropped again if it does not end. */
  adopt(item: Item, probe: string, children: readonly StagedChild[]): Promise<void> {
    const apply = () => {
      this.ledger.jobs.assertRunning(item.id, probe);
      for (const child of children) this.adoptOne(item, probe, child);
    };
    return this.step([{ name: 'adopt', apply }]);
  }

  /** running > done, error or skipped, with the last members that it unpacked: none > staged. */
  endJob(item: Item, job: EndedJob, children: readonly StagedChild[]): Promise<void> {
    const adoptOne = (child: StagedChild) => () => this.adoptOne(item, job.probe, child);
    const adoptions = children.map((child): Step => ({ name: 'adopt', apply: adoptOne(child) }));
    return this.step([jobEnding(this.ledger, this.clock, item.id, job), ...adoptions]);
  }

  /**
   * scanning (or received, for bytes that could not be taken) > decided, with `jobs` that end in the same step; with
   * `target` on to disposing. The bytes of a member are needed no more then: its row names them no longer.
   */
  decide(
    item: Item,
    verdict: Verdict,
    options: { target: Target | null; problem: IntakeProblem | null; jobs: readonly EndedJob[] },
  ): Promise<void> {
    const { id } = item;
    const { target, problem } = options;
    const decide = () => {
      this.ledger.moves.decide(id, verdict, { settles: target === null, problem, now: this.clock.now() });
      this.record(id, 'decided', { verdict: verdict.kind, rule: verdict.rule, sentence: verdict.sentence });
    };
    const steps: Step[] = options.jobs.map((job) => jobEnding(this.ledger, this.clock, id, job));
    steps.push({ name: 'decide', apply: decide });
    if (target !== null) steps.push({ name: 'dispose', apply: () => this.ledger.moves.dispose(id, target) });
    return this.step(steps);
  }

  /** disposing > forwarded, quarantined or held. Resolves with the staged paths that nobody needs now. */
  async end(transition: 'forward' | 'quarantine' | 'hold', id: number, ending: Omit<Ending, 'now'>): Promise<string[]> {
    let staged: string[] = [];
    const apply = () => {
      staged = this.ledger.marks.unstageTree(id);
      this.ledger.moves.end(transition, id, { ...ending, now: this.clock.now() });
      const destination = ending.destination === null ? null : Buffer.from(ending.destination).toString('base64');
      this.record(id, ITEM_TRANSITIONS[transition].to, { destination, problem: ending.problem });
    };
    await this.step([{ name: transition, apply }]);
    return staged;
  }

  /** held > staged, with the bytes at `stagedPath`, under `limits` where they are others now. */
  retry(id: number, stagedPath: string, limits: Limits | null): Promise<void> {
    const apply = () => {
      this.ledger.moves.retry(id, stagedPath, limits);
      this.ledger.jobs.clear(id);
      this.ledger.marks.dropTree(id);
      this.record(id, 'retried', {});
    };
    return this.step([{ name: 'retry', apply }]);
  }

  /** held > received, for a file of a watched folder that was not taken. ILLEGAL_TRANSITION when a newer one has its path. */
  retake(item: Item, watchFolder: string, identity: FileIdentity, limits: Limits): Promise<void> {
    const { id, relativePath } = item;
    const apply = () => {
      const isNewest = this.ledger.taken.has(watchFolder, relativePath, identity);
      if (!isNewest) throw new DropgateError('ILLEGAL_TRANSITION', `item ${id}: a newer file has its path`);
      this.ledger.moves.retake(id, limits);
      this.ledger.jobs.clear(id); // there are some of a file whose staged copy was lost after its scan
      this.ledger.marks.dropTree(id);
      this.record(id, 'retaken', {});
    };
    return this.step([{ name: 'retake', apply }]);
  }

  /**
   * scanning > planned for everything that a dead engine had in its hands. Resolves with the members that jobs had
   * unpacked which did not end, dropped.
   */
  async requeue(ids: readonly number[]): Promise<readonly DroppedMember[]> {
    const dropped = new Map<number, readonly DroppedMember[]>();
    await this.step(
      ids.map((id) => ({
        name: 'requeue',
        apply: () => {
          this.ledger.moves.requeue(id);
          dropped.set(id, this.dropUnfinished(id, null));
          this.ledger.jobs.releaseAll(id);
        },
      })),
    );
    return [...dropped.values()].flat();
  }

  /** Anything undecided > cancelled, and its unfinished jobs with it. Resolves with the staged paths that nobody needs now. */
  async cancel(id: number, verdict: Verdict): Promise<string[]> {
    let staged: string[] = [];
    const cancel = () => {
      this.ledger.moves.cancel(id, verdict, this.clock.now());
      staged = this.ledger.marks.unstageTree(id);
      this.record(id, 'cancelled', {});
    };
    const cancelJobs = () => {
      for (const { probe, state } of this.ledger.jobs.of(id)) {
        if (state === 'pending' || state === 'running') this.ledger.jobs.cancel(id, probe);
      }
    };
    await this.step([
      { name: 'cancel', apply: cancel },
      { name: 'job-cancel', apply: cancelJobs },
    ]);
    return staged;
  }

  /** held or quarantined > released, by a person; the kept bytes are noted for removal. */
  release(id: number, destination: Uint8Array, reason: string): Promise<void> {
    let from: Move['from'] = null;
    const apply = () => {
      from = this.willRemove(id);
      this.ledger.moves.release(id, destination);
      this.record(id, 'released', { destination: Buffer.from(destination).toString('base64'), reason });
    };
    return this.step([{ name: 'release', apply }], () => from);
  }

  /** held or quarantined > deleted, by a person, or because a newer file took the place of one without bytes; the kept bytes are noted for removal. */
  delete(id: number, reason: string): Promise<void> {
    let from: Move['from'] = null;
    const apply = () => {
      from = this.willRemove(id);
      this.ledger.moves.delete(id);
      this.record(id, 'deleted', { reason });
    };
    return this.step([{ name: 'delete', apply }], () => from);
  }

  /** Something that a person or the engine did and that changes no state. */
  note(id: number | null, event: string, data: object): Promise<CustodyHead> {
    return this.ledger.commit(() => this.ledger.custody.append(this.clock.now(), id, event, data));
  }

  private resuming({ id, state }: Item, jobs: readonly PlannedJob[]): Step[] {
    const steps: Step[] = [];
    if (state === 'staged') steps.push({ name: 'plan', apply: () => this.plan(id, jobs) });
    steps.push({ name: 'start', apply: () => this.ledger.moves.start(id) });
    for (const { probe } of jobs) steps.push({ name: 'job-lease', apply: () => this.lease(id, probe) });
    return steps;
  }

  /** The common way, with as few statements as it takes: the same transitions, in one UPDATE and one INSERT a job. */
  private beginning(item: Item, facts: StagedFacts, jobs: readonly PlannedJob[]): Step[] {
    const { id } = item;
    const leaseUntil = this.clock.now() + LEASE_MS;
    const nothing = () => undefined;
    const steps: Step[] = [
      { name: 'stage', apply: () => this.stageAndStart(item, facts) },
      { name: 'plan', apply: nothing },
      { name: 'start', apply: nothing },
    ];
    for (const { probe, required } of jobs) {
      steps.push({ name: 'job-lease', apply: () => this.ledger.jobs.createLeased(id, probe, required, leaseUntil) });
    }
    return steps;
  }

  private stageAndStart(item: Item, facts: StagedFacts): void {
    this.ledger.moves.stageAndStart(item.id, facts);
    const { watchFolder } = this.ledger.submissions.get(item.submissionId).plan;
    // a file that changed since it was found was taken as it is now, and must not be found again
    if (watchFolder !== null) this.ledger.taken.remember(watchFolder, item.relativePath, facts.identity);
    this.record(item.id, 'staged', { sha256: facts.hashes.sha256, size: facts.size });
  }

  private plan(id: number, jobs: readonly PlannedJob[]): void {
    this.ledger.moves.plan(id);
    for (const { probe, required } of jobs) this.ledger.jobs.create(id, probe, required);
  }

  private lease(id: number, probe: string): void {
    this.ledger.jobs.lease(id, probe, this.clock.now() + LEASE_MS);
  }

  private adoptOne(parent: Item, unpackedBy: string, child: StagedChild): void {
    const place = { submissionId: parent.submissionId, parentId: parent.id, rootId: parent.rootId ?? parent.id };
    const row = { ...child, ...place, unpackedBy, depth: parent.depth + 1, now: this.clock.now() };
    const id = this.ledger.moves.adopt(row);
    this.record(id, 'unpacked', { sha256: child.hashes.sha256, size: child.size, parent: parent.id });
  }

  private dropUnfinished(id: number, probe: string | null): readonly DroppedMember[] {
    const dropped = this.ledger.marks.dropUnfinished(id, probe);
    if (dropped.length > 0) this.record(id, 'unpacking-again', { dropped: dropped.length });
    return dropped;
  }

  private record(id: number, event: string, data: object): void {
    if (this.keepsCustody) this.ledger.custody.append(this.clock.now(), id, event, data);
  }

  /** Returns where it is kept. */
  private willRemove(itemId: number): Move['from'] {
    const { state, destination: location } = this.ledger.items.get(itemId);
    if (state !== 'held' && state !== 'quarantined') return null;
    if (location !== null) this.ledger.removals.add({ itemId, place: state, location });
    return state;
  }

  private async step(steps: readonly Step[], from: () => Move['from'] = () => null): Promise<void> {
    await takeSteps(this.ledger, steps);
    for (const { name } of steps) this.onMove({ name, from: from() });
  }
}
