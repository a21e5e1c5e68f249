import { rm } from 'node:fs/promises';
import { assertNever } from '../base/assert-never';
import type { Clock } from '../base/clock';
import { nameOf } from '../base/display-name';
import { DropgateError, toDropgateError } from '../base/errors';
import type { Hashes } from '../contract/item';
import type { Plan } from '../contract/submission';
import type { Sink } from '../sinks/sink';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import type { Gate } from './gate';
import { probesUnseen } from './plan-now';
import { reportText } from './report';
import { fileNameOf } from './result-view';
import { Postponed } from './scheduler';
import type { SourceRemover } from './source-remover';
import type { Transitions } from './transitions';

/** An item on its way to a place where it is kept; `itemKey` makes doing it twice harmless. */
export interface KeptFile {
  readonly path: string;
  readonly submission: string;
  readonly fileName: Uint8Array;
  readonly relativePath: Uint8Array;
  readonly itemKey: string;
  readonly hashes: Hashes;
}

/** A place of ours for files that do not go on: the quarantine, the held folder. */
export interface KeepingPlace {
  /** Idempotent by itemKey. The bytes at `path` stay where they are. Rejects with SinkError or INTEGRITY. */
  put(file: KeptFile): Promise<{ readonly location: Uint8Array }>;
  /** Path of the report that belongs to a kept file. */
  reportPath(location: Uint8Array): Uint8Array;
  /** Where the report of an item without bytes goes. */
  reportPathWithoutBytes(file: Omit<KeptFile, 'path' | 'hashes'>): Promise<Uint8Array>;
  /** `text`: the document, piece by piece. Written whole or not at all. */
  writeReport(path: Uint8Array, text: AsyncIterable<string>): Promise<void>;
  /** Removes a kept file and its report; nothing there is fine. */
  remove(location: Uint8Array | null, report: Uint8Array | null): Promise<void>;
}

export interface DisposerParts {
  readonly ledger: Ledger;
  readonly transitions: Transitions;
  readonly gate: Gate;
  readonly sources: SourceRemover;
  readonly sinks: ReadonlyMap<string, Sink>;
  readonly quarantine: KeepingPlace;
  readonly held: KeepingPlace;
  readonly clock: Clock;
  /** Name and version, as reports show it. */
  readonly program: string;
}

/** A destination that failed is left alone this long, so that a long queue does not knock at a closed door. */
const SINK_REST_MS = 1000;

/** Carries out what was decided: forward, quarantine or hold, then the source, then the staged copy. */
export class Disposer {
  private readonly parts: DisposerParts;
  private readonly resting = new Map<string, { until: number; problem: string }>();

  constructor(parts: DisposerParts) {
    this.parts = parts;
  }

  /** Takes a `disposing` item to its end. Rejects with Postponed when its place cannot be reached now. */
  async run(item: Item, plan: Plan, signal: AbortSignal): Promise<void> {
    if (item.target === null) throw new Error(`item ${item.id} has no target`);
    switch (item.target) {
      case 'forward':
        await this.forward(item, plan, signal);
        break;
      case 'quarantine':
        await this.keep(item, plan, 'quarantine', null);
        break;
      case 'hold':
        await this.keep(item, plan, 'hold', null);
        break;
      default:
        assertNever(item.target);
    }
    await this.parts.sources.finish(item.id);
  }

  private async forward(item: Item, plan: Plan, signal: AbortSignal): Promise<void> {
    const gate = await this.parts.gate.state(plan.required);
    if (!gate.open) throw new Postponed(`the gate is closed: ${gate.reason}`);
    const unseen = probesUnseen(this.parts.ledger, item, plan);
    if (unseen.length > 0) {
      return this.keep(
        item,
        plan,
        'hold',
        `its profile requires ${unseen.join(', ')} by now, which has not looked at it`,
      );
    }
    const sink = plan.destination === null ? undefined : this.parts.sinks.get(plan.destination);
    if (sink === undefined || plan.destination === null) {
      return this.keep(item, plan, 'hold', `there is no destination ${plan.destination}`);
    }
    let location: Uint8Array;
    try {
      location = await this.put(sink, item, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toDropgateError(thrown, 'SINK_UNAVAILABLE');
      if (error.retryable) throw await this.postpone(item, sink.id, error);
      return this.keep(item, plan, 'hold', error.message);
    }
    await this.end('forward', item, plan, { destination: location, report: null, problem: null });
  }

  private async put(sink: Sink, item: Item, signal: AbortSignal): Promise<Uint8Array> {
    const resting = this.restingProblem(sink.id);
    if (resting !== null) throw new DropgateError('SINK_UNAVAILABLE', resting);
    if (item.stagedPath === null || item.hashes === null || item.size === null || item.verdict?.kind !== 'clean') {
      throw new DropgateError('INTERNAL', `item ${item.id} is not a clean staged file`);
    }
    const probes = this.parts.ledger.jobs
      .of(item.id)
      .flatMap(({ probe, outcome }) =>
        outcome?.kind === 'report' ? [`${probe}/${outcome.report.engineVersion}`] : [],
      );
    const { guid } = this.parts.ledger.submissions.get(item.submissionId);
    const { relativePath, size, hashes, stagedPath: path } = item;
    const { location } = await sink.put(
      { path, submission: guid, relativePath, size, hashes, verdict: 'clean', probes },
      signal,
    );
    this.resting.delete(sink.id);
    return location;
  }

  private async postpone(item: Item, sink: string, error: DropgateError): Promise<Postponed> {
    const { ledger, clock } = this.parts;
    const problem = `waiting for destination ${sink}: ${error.message}`;
    if (this.restingProblem(sink) === null)
      this.resting.set(sink, { until: clock.monotonic() + SINK_REST_MS, problem: error.message });
    await ledger.commit(() => ledger.marks.delaySink(item.id, clock.now(), problem));
    return new Postponed(problem, { cause: error });
  }

  /** Why a destination is left alone for the moment; null when it may be asked. */
  private restingProblem(sink: string): string | null {
    const resting = this.resting.get(sink);
    return resting !== undefined && resting.until > this.parts.clock.monotonic() ? resting.problem : null;
  }

  /** `path` null: there is no staged copy (any more); then a report alone is kept, and the source stays. */
  private async keep(
    item: Item,
    plan: Plan,
    transition: 'quarantine' | 'hold',
    problem: string | null,
    path: string | null = item.stagedPath,
  ): Promise<void> {
    const place = transition === 'quarantine' ? this.parts.quarantine : this.parts.held;
    const disposition = transition === 'quarantine' ? 'quarantined' : 'held';
    const { ledger, program, clock } = this.parts;
    const file = {
      submission: ledger.submissions.get(item.submissionId).guid,
      fileName: fileNameOf(item),
      relativePath: item.relativePath,
      itemKey: String(item.id),
    };
    try {
      const { hashes } = item;
      const kept = path !== null && hashes !== null ? await place.put({ ...file, path, hashes }) : null;
      // an item that was held before has its bytes there still
      const location = kept?.location ?? item.destination;
      const report = location === null ? await place.reportPathWithoutBytes(file) : place.reportPath(location);
      await place.writeReport(report, reportText(ledger, item, { disposition, destination: location, program, clock }));
      await this.end(transition, item, plan, { destination: location, report, problem });
    } catch (thrown) {
      const error = toDropgateError(thrown, 'SINK_UNAVAILABLE');
      if (error.code === 'ILLEGAL_TRANSITION') throw error;
      if (transition === 'quarantine' && !error.retryable) return this.keep(item, plan, 'hold', error.message);
      if (error.code === 'INTEGRITY' && path !== null) return this.keep(item, plan, 'hold', error.message, null);
      throw new Postponed(`${nameOf(item.relativePath).display} cannot be ${disposition}: ${error.message}`, {
        cause: error,
      });
    }
  }

  private async end(
    transition: 'forward' | 'quarantine' | 'hold',
    item: Item,
    plan: Plan,
    ending: { destination: Uint8Array | null; report: Uint8Array | null; problem: string | null },
  ): Promise<void> {
    await this.removeEarlierPlace(item, ending);
    const sourcePending = plan.source === 'move' && ending.destination !== null;
    const { transitions } = this.parts;
    const staged = await transitions.end(transition, item.id, { ...ending, stagedPath: null, sourcePending });
    for (const path of staged) await rm(path, { force: true });
  }

  /** An item that was held before leaves nothing behind in the held folder, unless it is held in the same place again. */
  private async removeEarlierPlace(
    item: Item,
    ending: { destination: Uint8Array | null; report: Uint8Array | null },
  ): Promise<void> {
    const stays = (old: Buffer | null, now: Uint8Array | null) => old === null || (now !== null && old.equals(now));
    const file = stays(item.destination, ending.destination) ? null : item.destination;
    const report = stays(item.report, ending.report) ? null : item.report;
    if (file !== null || report !== null) await this.parts.held.remove(file, report);
  }
}
