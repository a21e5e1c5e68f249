import { z } from 'zod';
import { nameOf } from '../base/display-name';
import { errnoOf, messageOf } from '../base/errors';
import { readFile } from '../base/files';
import type { Audit } from '../contract/ipc-schema';
import { CUSTODY_GENESIS, type CustodyEntry, type CustodyHead, custodyHash } from '../store/custody';
import type { Ledger } from '../store/ledger';
import { prunedThrough } from './prune-custody';

const PAGE = 1000;
const MOST_PROBLEMS = 100;

const headSchema = z.object({ seq: z.number(), head: z.string() });
const restoredSchema = z.object({ through: z.number() });
const custodyOfReport = z.object({ writtenAt: z.string().optional(), custody: headSchema });
const LOST = Symbol('lost');

/** Lets the event loop breathe between pages: an audit of a long history must not hold up the gate. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Checks the custody log: every row's hash from its predecessor, every segment's head, and the heads that reports on
 * disk carry, so that a row that was changed, taken out or cut off at the end shows.
 */
export async function verifyAudit(ledger: Ledger): Promise<Audit> {
  const problems: string[] = [];
  const pruned = prunedThrough(ledger);
  const { rows, said } = await checkChain(ledger, pruned, problems);
  const segments = checkSegments(ledger, pruned, problems);
  if (pruned !== null && !said.pruned.some(({ seq, head }) => seq === pruned.seq && head === pruned.head)) {
    problems.push(`the log begins behind row ${pruned.seq}, and no row says that it was pruned so far`);
  }
  const { reports, lost } = await checkReports(ledger, { pruned, restored: said.restored }, problems);
  const found = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > found.length) found.push(`and ${problems.length - found.length} more`);
  const head = ledger.custody.head();
  const prunedRows = pruned?.seq ?? 0;
  return { ok: problems.length === 0, rows, segments, reports, head, pruned: prunedRows, lost, problems: found };
}

/** What the log says of itself: how far it was pruned, and where an older ledger took its place. */
interface Said {
  readonly pruned: CustodyHead[];
  readonly restored: Restored[];
}

/** `through`: its newest row then; rows behind it were written by the ledger that was lost, up to `at` (ms since 1970). */
interface Restored {
  readonly through: number;
  readonly at: number;
}

async function checkChain(
  ledger: Ledger,
  pruned: CustodyHead | null,
  problems: string[],
): Promise<{ readonly rows: number; readonly said: Said }> {
  const said: Said = { pruned: [], restored: [] };
  let previous = { seq: pruned?.seq ?? 0, hash: pruned?.head ?? CUSTODY_GENESIS };
  let rows = 0;
  for (;;) {
    const page = ledger.custody.entries(previous.seq, PAGE);
    if (page.length === 0) break;
    for (const { hash, ...entry } of page) {
      rows += 1;
      if (entry.seq !== previous.seq + 1) problems.push(`rows ${previous.seq + 1} to ${entry.seq - 1} are missing`);
      else if (custodyHash(previous.hash, entry) !== hash) problems.push(`row ${entry.seq} is not what was written`);
      previous = { seq: entry.seq, hash };
      hear(entry, said);
    }
    await breathe();
  }
  return { rows, said };
}

function hear({ event, data, at }: Pick<CustodyEntry, 'event' | 'data' | 'at'>, said: Said): void {
  if (event === 'pruned') said.pruned.push(...parsed(headSchema, data));
  if (event === 'ledger-restored') said.restored.push(...parsed(restoredSchema, data).map((one) => ({ ...one, at })));
}

/** None where it is not what we write: its hash tells that too. */
function parsed<T>(schema: z.ZodType<T>, text: string): T[] {
  const result = schema.safeParse(jsonOf(text));
  return result.success ? [result.data] : [];
}

/** Of segments that were pruned their heads are left, which the row that says so has in its hash. */
function checkSegments(ledger: Ledger, pruned: CustodyHead | null, problems: string[]): number {
  const segments = ledger.custody.segments();
  for (const { segment, lastSeq, head } of segments) {
    if (pruned !== null && lastSeq < pruned.seq) continue;
    if (pruned !== null && lastSeq === pruned.seq) {
      if (head !== pruned.head) problems.push(`segment ${segment}: its head is not the hash of row ${lastSeq}`);
      continue;
    }
    const hash = ledger.custody.hashOf(lastSeq);
    if (hash === null) problems.push(`segment ${segment} ends with row ${lastSeq}, which is missing`);
    else if (hash !== head) problems.push(`segment ${segment}: its head is not the hash of row ${lastSeq}`);
  }
  const newest = ledger.custody.entries(segments.at(-1)?.lastSeq ?? 0, 1)[0];
  if (newest !== undefined) problems.push(`row ${newest.seq} belongs to no segment`);
  return segments.length;
}

/** Rows that are not there any more, and whose absence is known. */
interface Gone {
  readonly pruned: CustodyHead | null;
  readonly restored: readonly Restored[];
}

async function checkReports(
  ledger: Ledger,
  gone: Gone,
  problems: string[],
): Promise<{ readonly reports: number; readonly lost: number }> {
  let reports = 0;
  let lost = 0;
  for (const state of ['held', 'quarantined'] as const) {
    for (let after = 0; ; ) {
      const page = ledger.items.inState(state, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.id;
      for (const { report } of page) {
        if (report === null) continue;
        reports += 1;
        const problem = await reportProblem(ledger, report, gone);
        if (problem === LOST) lost += 1;
        else if (problem !== null) problems.push(`${nameOf(report).display}: ${problem}`);
      }
    }
  }
  return { reports, lost };
}

/** LOST for a report that names a row of a ledger that was damaged. */
async function reportProblem(ledger: Ledger, path: Buffer, gone: Gone): Promise<string | typeof LOST | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'the report is missing' : `the report cannot be read: ${messageOf(error)}`;
  }
  const [report] = parsed(custodyOfReport, text);
  if (report === undefined) return 'the report is damaged';
  const { seq, head } = report.custody;
  if (seq < (gone.pruned?.seq ?? 1)) return null;
  if (seq === gone.pruned?.seq && head === gone.pruned.head) return null;
  const hash = ledger.custody.hashOf(seq);
  const written = Date.parse(report.writtenAt ?? '');
  const isLost = gone.restored.some(({ through, at }) => seq > through && written <= at);
  if (hash !== head && isLost) return LOST;
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
