import { nameOf } from '../base/display-name';
import type { Finding } from '../contract/finding';
import type { JobReport } from '../contract/report';
import type { ResultItem } from '../contract/result';
import type { Disposition } from '../contract/verdict';
import type { Item } from '../store/item-row';
import type { Job } from '../store/jobs';
import type { Ledger } from '../store/ledger';
import { guidanceTags } from './guidance';

/** What of a ledger is read to show its items. */
export type LedgerView = Pick<Ledger, 'items' | 'jobs'>;

const SOLIDUS = 0x2f;

export function jobReport(job: Job): JobReport {
  const { outcome } = job;
  const report = outcome?.kind === 'report' ? outcome.report : null;
  const problem = outcome?.kind === 'error' ? outcome.message : outcome?.kind === 'skipped' ? outcome.detail : null;
  return {
    probe: job.probe,
    state: job.state,
    problem,
    statement: report?.statement ?? null,
    coverage: report?.coverage ?? null,
    engineVersion: report?.engineVersion ?? null,
    databaseVersion: report?.databaseVersion ?? null,
    attempts: job.attempts,
    durationMs: job.durationMs === null ? null : Math.round(job.durationMs * 100) / 100,
    cached: job.cached,
  };
}

export function findingsOf(jobs: readonly Job[]): Finding[] {
  return jobs.flatMap(({ outcome }) => (outcome?.kind === 'report' ? outcome.report.findings : []));
}

const DISPOSITION_OF: Partial<Record<Item['state'], Disposition>> = {
  forwarded: 'forwarded',
  quarantined: 'quarantined',
  held: 'held',
  released: 'released',
  deleted: 'deleted',
};

export function dispositionOf(item: Item): Disposition | null {
  return DISPOSITION_OF[item.state] ?? null;
}

/** Path of a child as people read it: its archive's path, `!/`, its own name. */
export function displayPath(ledger: LedgerView, item: Item): Buffer {
  if (item.parentId === null) return item.sourcePath ?? item.relativePath;
  const parent = displayPath(ledger, ledger.items.get(item.parentId));
  return Buffer.concat([parent, Buffer.from('!/'), item.relativePath]);
}

export function verdictOf(item: Item): ResultItem['verdict'] {
  if (item.state === 'skipped') return 'skipped';
  if (item.state === 'cancelled') return 'cancelled';
  return item.verdict?.kind ?? null;
}

/** What a program or a person is told about one item. `problem` overrides the ledger's (an item that still waits). */
export function resultItem(ledger: LedgerView, item: Item, waiting: string | null = null): ResultItem {
  const jobs = ledger.jobs.of(item.id);
  const findings = findingsOf(jobs);
  const path = nameOf(displayPath(ledger, item));
  const relativePath = nameOf(item.relativePath);
  const destination = item.destination === null ? null : nameOf(item.destination);
  const report = item.report === null ? null : nameOf(item.report);
  return {
    id: String(item.id),
    parent: item.parentId === null ? null : String(item.parentId),
    path: path.display,
    pathBytes: path.bytes,
    relativePath: relativePath.display,
    relativePathBytes: relativePath.bytes,
    sha256: item.hashes?.sha256 ?? null,
    sha1: item.hashes?.sha1 ?? null,
    md5: item.hashes?.md5 ?? null,
    size: item.size,
    mime: item.type?.mime ?? null,
    state: item.state,
    verdict: verdictOf(item),
    reason: item.verdict?.kind === 'unverified' ? item.verdict.reason : null,
    sentence: item.verdict?.sentence ?? item.problem,
    findings,
    jobs: jobs.map(jobReport),
    guidance: item.verdict === null ? [] : guidanceTags(findings, item.verdict),
    disposition: dispositionOf(item),
    destination: destination?.display ?? null,
    destinationBytes: destination?.bytes ?? null,
    report: report?.display ?? null,
    reportBytes: report?.bytes ?? null,
    problem: waiting ?? item.problem,
  };
}

/** The item's own file name: the last part of its relative path. */
export function fileNameOf(item: Item): Buffer {
  return item.relativePath.subarray(item.relativePath.lastIndexOf(SOLIDUS) + 1);
}
