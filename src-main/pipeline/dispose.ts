import type { Logger } from 'pino';
import { assertNever } from '../base/assert-never';
import type { Clock } from '../base/clock';
import { nameOf } from '../base/display-name';
import { DropgateError, messageOf, toDropgateError } from '../base/errors';
import { removeFile } from '../base/remove-file';
import type { Hashes } from '../contract/item';
import type { Plan } from '../contract/submission';
import type { Sink } from '../sinks/sink';
import type { Item } from '../store/item-row';
import type { Ledger } from '../store/ledger';
import { type DestinationLanes, laneBehind, laneTo } from './destination-lanes';
import type { Gate } from './gate';
import { probesUnseen } from './plan-now';
import { Postponed } from './postponed';
import { reportText } from './report';
import { fileNameOf } from './result-view';
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
  readonly lanes: DestinationLanes;
  readonly sources: SourceRemover;
  readonly sinks: ReadonlyMap<string, Sink>;
  readonly quarantine: KeepingPlace;
  readonly held: KeepingPlace;
  readonly clock: Clock;
  readonly log: Logger;
  /** Name and version, as reports show it. */
  readonly program: string;
}

/** Carries out what was decided: forward, quarantine or hold, then the source, then the staged copy. */
export class Disposer {
  private readonly parts: DisposerParts;

  constructor(parts: DisposerParts) {
    this.parts = parts;
  }

  /** Takes a `disposing` item to its end. Rejects with Parked or Postponed when its place cannot be reached now. */
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
    if (plan.source === 'move') await this.parts.sources.finish(item.id);
  }

  private async forward(item: Item, plan: Plan, signal: AbortSignal): Promise<void> {
    const { lanes } = this.parts;
    const gate = await this.parts.gate.state(plan.required);
    if (!gate.open) throw await lanes.refused(laneBehind(gate.probe), item, `the gate is closed: ${gate.reason}`);
    const unseen = probesUnseen(this.parts.ledger, item, plan);
    if (unseen.length > 0) {
      return this.keep(
        item,
        plan,
        'hold',
        `its profile requires ${unseen.join(', ')} by now, which has not looked at it`,
      );
    }
    if (plan.destination === null) {
      return this.keep(item, plan, 'hold', 'nobody knows where it was to go: it was recovered from staging');
    }
    const sink = this.parts.sinks.get(plan.destination);
    const { waitingFor } = item;
    // it waited for something else than its destination: that is over
    if (waitingFor !== null && (sink === undefined || waitingFor !== laneTo(sink.id)))
      lanes.opened(waitingFor, item.id);
    if (sink === undefined) {
      return this.keep(item, plan, 'hold', `there is no destination ${plan.destination}`);
    }
    const lane = laneTo(sink.id);
    const waiting = (why: string) => `waiting for destination ${sink.id}: ${why}`;
    await lanes.enter(lane, item, waiting('earlier files go first'), signal);
    let location: Uint8Array;
    try {
      location = await this.put(sink, item, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toDropgateError(thrown, 'SINK_UNAVAILABLE');
      if (!error.retryable) return this.keep(item, plan, 'hold', error.message);
      const problem = waiting(error.message);
      throw error.code === 'SINK_UNAVAILABLE' ? await lanes.refused(lane, item, problem) : new Postponed(problem);
    }
    lanes.opened(lane, item.id);
    // its place is free for another while the ledger commits its end; a parked one is counted by its place until then
    if (item.waitingFor === null) lanes.leave(item.id);
    await this.end('forward', item, plan, { destination: location, report: null, problem: null });
  }

  private async put(sink: Sink, item: Item, signal: AbortSignal): Promise<Uint8Array> {
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
    return location;
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
    this.parts.lanes.ended(item);
    for (const path of staged) await this.removeStaged(path);
  }

  /** The item has ended, whatever becomes of a copy that no row names any more. */
  private async removeStaged(path: string): Promise<void> {
    try {
      await removeFile(path);
    } catch (error) {
      this.parts.log.warn({ path, problem: messageOf(error) }, 'a staged copy stays until the next start');
    }
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
