import { setTimeout } from 'node:timers/promises';
import type { OldFile } from '../store/history';
import type { Ledger } from '../store/ledger';
import type { KeepingPlace } from './dispose';

/** Rows that are forgotten at a stretch: each goes with its jobs and from ten indexes, and no file is to wait for that. */
const FORGOTTEN = 10;
const REST_MS = 20;

export interface HistoryPrunerParts {
  readonly ledger: Ledger;
  /** Where released and deleted files left their reports. */
  readonly places: Pick<KeepingPlace, 'remove'>;
}

/**
 * Forgets files that ended long ago, with their members and the reports of those that a person released or deleted,
 * then submissions that have no files any more. What is held or quarantined, or has its source still to be removed, stays.
 */
export class HistoryPruner {
  private readonly parts: HistoryPrunerParts;

  constructor(parts: HistoryPrunerParts) {
    this.parts = parts;
  }

  /**
   * `edge`: what ended before (ms since 1970). Returns how many files were forgotten. An abort ends it early. A file whose
   * report cannot be removed stays and holds up no other: rejects at the end with what the first one of them said.
   */
  async prune(edge: number, signal: AbortSignal): Promise<number> {
    const failures: unknown[] = [];
    const files = await this.pruneFiles(edge, signal, failures);
    await this.pruneSubmissions(edge, signal);
    if (failures.length > 0) throw failures[0];
    return files;
  }

  private async pruneFiles(edge: number, signal: AbortSignal, failures: unknown[]): Promise<number> {
    const { ledger } = this.parts;
    let forgotten = 0;
    for (let after = { settledAt: 0, id: 0 }; !signal.aborted; ) {
      const page = ledger.history.before(edge, after, FORGOTTEN);
      const last = page.at(-1);
      if (last === undefined) break;
      const files: OldFile[] = [];
      for (const file of page) if (await this.isReportGone(file, failures)) files.push(file);
      after = last;
      for (const { id } of files) await this.dropMembers(id, signal);
      if (signal.aborted) break;
      await ledger.commit(() => {
        for (const { id } of files) ledger.history.dropFile(id);
      });
      forgotten += files.length;
      await setTimeout(REST_MS);
    }
    return forgotten;
  }

  private async isReportGone({ report }: OldFile, failures: unknown[]): Promise<boolean> {
    try {
      if (report !== null) await this.parts.places.remove(null, report);
      return true;
    } catch (error) {
      if (failures.length === 0) failures.push(error);
      return false;
    }
  }

  private async dropMembers(root: number, signal: AbortSignal): Promise<void> {
    const { ledger } = this.parts;
    if (ledger.items.treeUsage(root).files === 0) return;
    while (!signal.aborted && (await ledger.commit(() => ledger.history.dropMembers(root, FORGOTTEN))) === FORGOTTEN) {
      await setTimeout(REST_MS);
    }
  }

  private async pruneSubmissions(edge: number, signal: AbortSignal): Promise<void> {
    const { ledger } = this.parts;
    for (let after = 0; !signal.aborted; ) {
      const some = ledger.history.emptySubmissions(edge, after, FORGOTTEN);
      if (some === null) return;
      after = some.through;
      if (some.ids.length > 0) {
        await ledger.commit(() => {
          for (const id of some.ids) {
            ledger.history.dropSubmission(id);
            ledger.submissions.forget(id);
          }
        });
      }
      await setTimeout(REST_MS);
    }
  }
}
