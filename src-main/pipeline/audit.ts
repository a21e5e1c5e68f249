import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { nameOf } from '../base/display-name';
import { errnoOf, messageOf } from '../base/errors';
import type { Audit } from '../contract/ipc-schema';
import { CUSTODY_GENESIS, custodyHash } from '../store/custody';
import type { Ledger } from '../store/ledger';

const PAGE = 1000;
const MOST_PROBLEMS = 100;

const custodyOfReport = z.object({ custody: z.object({ seq: z.number(), head: z.string() }) });

/** Lets the event loop breathe between pages: an audit of a long history must not hold up the gate. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Checks the custody log: every row's hash from its predecessor, every segment's head, and the heads that reports on
 * disk carry, so that a row that was changed, taken out or cut off at the end shows.
 */
export async function verifyAudit(ledger: Ledger): Promise<Audit> {
  const problems: string[] = [];
  const rows = await checkChain(ledger, problems);
  const segments = checkSegments(ledger, problems);
  const reports = await checkReports(ledger, problems);
  const found = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > found.length) found.push(`and ${problems.length - found.length} more`);
  return { ok: problems.length === 0, rows, segments, reports, head: ledger.custody.head(), problems: found };
}

async function checkChain(ledger: Ledger, problems: string[]): Promise<number> {
  let previous = { seq: 0, hash: CUSTODY_GENESIS };
  let rows = 0;
  for (;;) {
    const page = ledger.custody.entries(previous.seq, PAGE);
    if (page.length === 0) break;
    for (const { hash, ...entry } of page) {
      rows += 1;
      if (entry.seq !== previous.seq + 1) problems.push(`rows ${previous.seq + 1} to ${entry.seq - 1} are missing`);
      else if (custodyHash(previous.hash, entry) !== hash) problems.push(`row ${entry.seq} is not what was written`);
      previous = { seq: entry.seq, hash };
    }
    await breathe();
  }
  return rows;
}

function checkSegments(ledger: Ledger, problems: string[]): number {
  const segments = ledger.custody.segments();
  for (const { segment, lastSeq, head } of segments) {
    const hash = ledger.custody.hashOf(lastSeq);
    if (hash === null) problems.push(`segment ${segment} ends with row ${lastSeq}, which is missing`);
    else if (hash !== head) problems.push(`segment ${segment}: its head is not the hash of row ${lastSeq}`);
  }
  const newest = ledger.custody.entries(segments.at(-1)?.lastSeq ?? 0, 1)[0];
  if (newest !== undefined) problems.push(`row ${newest.seq} belongs to no segment`);
  return segments.length;
}

async function checkReports(ledger: Ledger, problems: string[]): Promise<number> {
  let reports = 0;
  for (const state of ['held', 'quarantined'] as const) {
    for (let after = 0; ; ) {
      const page = ledger.items.inState(state, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.id;
      for (const { report } of page) {
        if (report === null) continue;
        reports += 1;
        const problem = await reportProblem(ledger, report);
        if (problem !== null) problems.push(`${nameOf(report).display}: ${problem}`);
      }
    }
  }
  return reports;
}

async function reportProblem(ledger: Ledger, path: Buffer): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'the report is missing' : `the report cannot be read: ${messageOf(error)}`;
  }
  const parsed = custodyOfReport.safeParse(jsonOf(text));
  if (!parsed.success) return 'the report is damaged';
  const { seq, head } = parsed.data.custody;
  if (seq === 0) return null;
  const hash = ledger.custody.hashOf(seq);
  if (hash === null) return `it names row ${seq} of the custody log, which is missing`;
  return hash === head ? null : `it names another hash for row ${seq} of the custody log`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema says that it is damaged
  }
}
