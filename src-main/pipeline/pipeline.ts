import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { mkdir } from '../base/files';
import type { ResultItem } from '../contract/result';
import type { Plan } from '../contract/submission';
import type { Verdict } from '../contract/verdict';
import type { Item } from '../store/item-row';
import { Ledger } from '../store/ledger';
import type { Submission } from '../store/submissions';
import { Canceller } from './cancel';
import { Counters } from './counters';
import { DestinationLanes } from './destination-lanes';
import { Disposer } from './dispose';
import { Gate } from './gate';
import { defaultLimits, type PipelineOptions } from './pipeline-options';
import { type ProbesNow, planNow } from './plan-now';
import { Postponed } from './postponed';
import { ProbeSet } from './probe-set';
import type { Progress } from './progress';
import { finishRemovals, requeueInFlight, sweepStaging } from './recovery';
import { resultItem } from './result-view';
import { type ResultsPage, resultsPage } from './results-page';
import { HeldRetrier } from './retry-held';
import { ItemRunner } from './run-item';
import { JobRunner } from './run-job';
import { Scheduler } from './scheduler';
import { SourceRemover } from './source-remover';
import { StagingRoom } from './staging-room';
import { ItemTaker, NotTaken } from './take-item';
import { type Move, Tally } from './tally';
import type { ReceivedFile } from './transition-facts';
import { Transitions } from './transitions';

/** Ledger, probes, scheduler and disposal as one machine: what the engine and a scan both run. */
export class Pipeline {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly probes: ProbeSet;
  readonly gate: Gate;
  readonly lanes: DestinationLanes;
  readonly room: StagingRoom | null;
  readonly scheduler: Scheduler;
  readonly retrier: HeldRetrier;
  readonly tally: Tally;
  private readonly canceller: Canceller;
  readonly sources: SourceRemover;
  private readonly counters: Counters;
  private readonly disposer: Disposer | null;
  private readonly runner: ItemRunner;
  private readonly options: PipelineOptions;
  private readonly probesNow: ProbesNow;

  constructor(options: PipelineOptions) {
    const { clock, log, disposal, stagingDir } = options;
    this.options = options;
    this.probesNow = options.probesNow ?? (() => null);
    this.ledger = new Ledger(options.ledgerFile, options.disposal !== null, options.onLedgerDamage);
    this.tally = new Tally(this.ledger, clock);
    const onMove = (move: Move) => this.tally.moved(move);
    this.transitions = new Transitions(this.ledger, clock, { custody: disposal !== null, onMove });
    this.probes = new ProbeSet(options.probes, clock);
    this.gate = new Gate(this.probes, {
      folder: join(stagingDir, 'canary'),
      limits: defaultLimits(options),
      detectType: options.detectType,
      clock,
    });
    this.counters = new Counters(this.ledger);
    const { ledger, transitions, probes, gate } = this;
    const { roomLimits, onIntake = () => undefined } = options;
    this.room =
      roomLimits === undefined
        ? null
        : new StagingRoom({
            ...roomLimits,
            stagedBytes: () => ledger.items.stagedBytes(),
            clock,
            log,
            onChange: (reason) => {
              onIntake(reason);
              if (reason === null) this.scheduler.wake();
            },
          });
    const jobs = new JobRunner(probes, clock);
    this.runner = new ItemRunner({
      ledger,
      transitions,
      probes,
      gate,
      jobs,
      room: this.room,
      taker: new ItemTaker({
        room: this.room,
        ledger,
        probes,
        take: options.take,
        stagingDir,
        onTaken: (submission, bytes) => {
          this.counters.taken(submission, bytes);
          this.tally.taken(bytes);
        },
      }),
      clock,
      stagingDir,
    });
    const lanes = new DestinationLanes({ ledger, clock, log });
    this.lanes = lanes;
    const sources = new SourceRemover({
      ledger,
      transitions,
      clock,
      onLate: (submission) => this.counters.forget(submission),
    });
    this.sources = sources;
    this.disposer =
      disposal === null
        ? null
        : new Disposer({
            ledger,
            transitions,
            gate,
            lanes,
            sources,
            ...disposal,
            clock,
            log,
            program: options.program,
          });
    this.scheduler = new Scheduler({
      ledger,
      log,
      lanes,
      room: this.room,
      window: options.window,
      work: (item, plan, signal) => this.work(item, plan, signal),
    });
    this.canceller = new Canceller({
      ledger,
      transitions,
      scheduler: this.scheduler,
      onCancelled: (submissionId) => this.counters.forget(submissionId),
    });
    this.retrier = new HeldRetrier({
      ledger,
      transitions,
      gate,
      probes,
      clock,
      stagingDir,
      limitsOf: options.limitsOf,
      probesNow: this.probesNow,
      takesFrom: options.takesFrom ?? (() => false),
      onRetried: (id) => {
        this.counters.forget(ledger.items.get(id).submissionId);
        this.scheduler.wake(id);
      },
    });
  }

  /**
   * Recovers what an earlier engine left, then begins to work. Resolves when recovery is done and work goes on.
   * `naming`: guids of submissions that still receive their files.
   */
  async start(naming: readonly string[] = []): Promise<void> {
    await mkdir(this.options.stagingDir, { recursive: true, mode: 0o750 });
    const inFlight = await requeueInFlight(this.ledger, this.transitions);
    await sweepStaging(this.ledger, this.options.stagingDir);
    await this.ledger.commit(() => this.ledger.submissions.sealAll(naming));
    const { disposal, log } = this.options;
    if (disposal !== null) await finishRemovals(this.ledger, disposal, log);
    await this.sources.finishPrompt();
    this.lanes.restore();
    void this.scheduler.start(inFlight);
  }

  /** A new submission that still receives its files; `seal` ends that. Returns its guid and row. */
  async open(origin: string, plan: Plan): Promise<{ id: number; guid: string }> {
    const guid = randomUUID();
    const id = await this.ledger.commit(() =>
      this.ledger.submissions.create(guid, origin, plan, this.options.clock.now()),
    );
    this.counters.of(id); // known from its first file on: what ends is counted once
    return { id, guid };
  }

  async receive(submissionId: number, files: readonly ReceivedFile[]): Promise<void> {
    await this.transitions.receive(submissionId, files);
    const skipped = files.filter((file) => file.skipped !== null).length;
    this.counters.received(submissionId, files.length - skipped, skipped);
    this.scheduler.wake();
  }

  seal(submissionId: number): Promise<void> {
    return this.ledger.commit(() => this.ledger.submissions.seal(submissionId));
  }

  /** Stops what is undecided of a submission; what is decided goes its way. Returns how many were cancelled. */
  cancel(submissionId: number): Promise<number> {
    return this.canceller.submission(submissionId);
  }

  /** Stops one file. False when it was decided already: then it goes its way. */
  cancelItem(item: Item): Promise<boolean> {
    return this.canceller.item(item);
  }

  progress(guid: string): Progress {
    const submission = this.submissionOf(guid);
    const { items, settled, failed, ...counts } = this.counters.of(submission.id);
    const waiting = this.scheduler.waitingOf(submission.id);
    const seconds = (this.options.clock.now() - submission.receivedAt) / 1000;
    return {
      submission: guid,
      items,
      settled,
      waiting: waiting.count,
      problem: waiting.problem,
      summary: { ...counts, failed: failed + waiting.count, seconds },
      ended: submission.sealed && settled + waiting.count >= items,
    };
  }

  /** Files of a submission that were received, have not ended, and do not wait for something outside. */
  backlog(submissionId: number): number {
    const { items, settled } = this.counters.of(submissionId);
    return items - settled - this.scheduler.waitingOf(submissionId).count;
  }

  /** See resultsPage. */
  results(guid: string, page: ResultsPage): { items: ResultItem[]; next: number } {
    return resultsPage(this.ledger, this.submissionOf(guid).id, page);
  }

  /** Items that have not ended: after the end of a submission, those that wait for something outside. */
  waiting(guid: string, after: number, limit: number): { items: ResultItem[]; next: number } {
    const submission = this.submissionOf(guid);
    const items = this.ledger.items.open(submission.id, { after, limit });
    return {
      items: items.map((item) =>
        resultItem(this.ledger, item, this.scheduler.problemOf(item.id) ?? this.scheduler.intakePause()),
      ),
      next: items.at(-1)?.id ?? after,
    };
  }

  /** Closes probes and ledger; the scheduler must have stopped. */
  async close(): Promise<void> {
    await this.probes.close();
    this.ledger.close();
  }

  private submissionOf(guid: string): Submission {
    const submission = this.ledger.submissions.find(guid);
    if (submission === null) throw new Error(`no submission ${guid}`);
    return submission;
  }

  private async work(item: Item, promised: Plan, signal: AbortSignal): Promise<void> {
    const current = planNow(promised, this.probesNow);
    const plan = item.limits === null ? current : { ...current, limits: item.limits };
    if (item.state !== 'disposing') {
      const verdict = await this.decideItem(item, plan, signal);
      if (this.disposer === null) return this.tellScanned(item, verdict);
    }
    if (this.disposer === null) return;
    try {
      await this.disposer.run(this.ledger.items.get(item.id), plan, signal);
    } finally {
      this.tellEnd(item);
    }
  }

  /** Also when something failed behind its end: whoever waits for the item must hear of it. */
  private tellEnd(item: Item): void {
    const ended = this.ledger.items.get(item.id);
    this.retrier.ended(ended);
    if (ended.settledSeq === null) return; // not at its end, or held and back at work in this very moment
    this.counters.settled(ended.submissionId, ended);
    this.tally.arrived(ended);
    this.options.onSettled?.(this.ledger.submissions.get(item.submissionId).guid, resultItem(this.ledger, ended));
  }

  private async decideItem(item: Item, plan: Plan, signal: AbortSignal): Promise<Verdict> {
    try {
      return await this.runner.run(item, plan, signal);
    } catch (error) {
      if (error instanceof NotTaken) throw new Postponed(error.message, { cause: error });
      throw error;
    }
  }

  /** A scan ends with the verdict; its row need not be read again to count it. */
  private tellScanned(item: Item, verdict: Verdict): void {
    this.counters.settled(item.submissionId, { verdict, problem: null, settledSeq: null });
  }
}
