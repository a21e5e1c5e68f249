import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../../src-main/contract/finding';
import { type ItemQuery, itemQuerySchema } from '../../../src-main/contract/item-view';
import type { JobOutcome } from '../../../src-main/contract/job-outcome';
import type { ItemState } from '../../../src-main/contract/states';
import type { Verdict } from '../../../src-main/contract/verdict';
import { ItemExtras } from '../../../src-main/store/item-extras';
import { ItemSearch } from '../../../src-main/store/item-search';
import type { Ledger } from '../../../src-main/store/ledger';
import { openForReading, type ReadingTables } from '../../../src-main/store/reading';
import { tempFolder } from '../../support/temp-folder';
import { CLEAN, endingOf, newSubmission, openLedger, receiveItem, STAGED } from './ledger-fixtures';

const VERDICTS: Record<'clean' | 'infected' | 'suspicious' | 'unverified', Verdict> = {
  clean: CLEAN,
  infected: { kind: 'infected', rule: 'r', sentence: 's' },
  suspicious: { kind: 'suspicious', rule: 'r', sentence: 's' },
  unverified: { kind: 'unverified', reason: 'encrypted', rule: 'r', sentence: 's' },
};
const END = { clean: 'forward', infected: 'quarantine', suspicious: 'quarantine', unverified: 'hold' } as const;

let ledger: Ledger;
let tables: ReadingTables;
let search: ItemSearch;
let now: number;

beforeEach(() => {
  const path = join(tempFolder(), 'ledger.db');
  ledger = openLedger(path);
  tables = openForReading(path);
  onTestFinished(() => void tables.db.close());
  now = 0;
  search = new ItemSearch(tables.db, { now: () => now, monotonic: () => now });
});

/** A file that ended with this verdict; by its id. */
function ended(
  submission: number,
  name: string,
  kind: keyof typeof VERDICTS,
  size = 3,
  sha256 = 'a'.repeat(64),
): number {
  const id = receiveItem(ledger, submission, name);
  ledger.moves.stageAndStart(id, { ...STAGED, size, hashes: { sha256, sha1: null, md5: null } });
  ledger.moves.decide(id, VERDICTS[kind], { settles: false, problem: null, now: 5 });
  const target = END[kind];
  ledger.moves.dispose(id, target);
  ledger.moves.end(target, id, endingOf());
  return id;
}

function find(query: Partial<Record<keyof ItemQuery, unknown>>, offset = 0, limit = 100) {
  return search.find(itemQuerySchema.parse(query), offset, limit);
}

const names = (found: { ids: readonly number[] }) =>
  found.ids.map((id) => tables.items.get(id).relativePath.toString('utf8'));

/** Five files that ended, one that waits, one that was skipped. */
async function seven() {
  const submission = await newSubmission(ledger);
  await ledger.commit(() => {
    ended(submission, 'in/b.pdf', 'clean', 20);
    ended(submission, 'z/A.exe', 'infected', 10, 'c0ffee'.padEnd(64, '1'));
    ended(submission, 'c.doc', 'suspicious', 30);
    ended(submission, 'Été.zip', 'unverified', 5);
    ended(submission, 'd_100%.txt', 'clean', 40);
    receiveItem(ledger, submission, 'later.txt');
    const relativePath = Buffer.from('link');
    ledger.moves.skip({ submissionId: submission, relativePath, sourcePath: relativePath, now: 9 }, 'a symbolic link');
  });
  return submission;
}

describe('a list of files', () => {
  it('is in the order of time, of the file name, of size or of what matters most, both ways', async () => {
    await seven();
    expect(names(find({})).slice(0, 2)).toEqual(['link', 'later.txt']);
    const by = (key: string, descending: boolean) => names(find({ open: false, sort: { by: key, descending } }));
    expect(by('time', false)[0]).toBe('in/b.pdf');
    expect(by('name', false)).toEqual(['z/A.exe', 'in/b.pdf', 'c.doc', 'd_100%.txt', 'link', 'Été.zip']);
    expect(by('size', true).slice(0, 2)).toEqual(['d_100%.txt', 'c.doc']);
    expect(by('verdict', false)).toEqual(['z/A.exe', 'c.doc', 'Été.zip', 'in/b.pdf', 'd_100%.txt', 'link']);
  });

  it.each<[string, object, string[]]>([
    ['what has not ended', { open: true }, ['later.txt']],
    ['verdicts', { verdicts: ['infected', 'unverified'] }, ['Été.zip', 'z/A.exe']],
    ['what was skipped', { verdicts: ['skipped'] }, ['link']],
    ['clean ones', { verdicts: ['clean'] }, ['d_100%.txt', 'in/b.pdf']],
    ['dispositions', { dispositions: ['held', 'quarantined'] }, ['Été.zip', 'c.doc', 'z/A.exe']],
    ['one disposition', { dispositions: ['forwarded'] }, ['d_100%.txt', 'in/b.pdf']],
    ['several conditions together', { dispositions: ['quarantined'], verdicts: ['suspicious'] }, ['c.doc']],
    ['time', { since: '1970-01-01T00:00:00.005Z' }, ['link']],
    ['part of a path, whatever its case', { text: 'SOURCE/z' }, ['z/A.exe']],
    ['accents in the other case', { text: 'éTÉ' }, ['Été.zip']],
    ['accents as two characters', { text: 'Été'.normalize('NFD') }, ['Été.zip']],
    ['characters that mean something to LIKE', { text: '_100%' }, ['d_100%.txt']],
    ['the beginning of a hash', { text: 'C0FFEE' }, ['z/A.exe']],
    ['a whole hash', { text: 'c0ffee'.padEnd(64, '1') }, ['z/A.exe']],
    ['one letter', { text: 'é' }, ['Été.zip']],
    ['what nothing has', { text: 'nothing has this' }, []],
    ['a part of a hash that is not its beginning', { text: '0ffee1' }, []],
  ])('is found by %s', async (_what, query, expected) => {
    await seven();
    expect(names(find(query))).toEqual(expected);
    await ledger.commit(() => ledger.search?.fill(100)); // from the side tables, as from the rows
    const found = find(query);
    expect(names(found)).toEqual(expected);
    expect(found.total).toBe(expected.length);
  });

  it('is of one submission, and of none that does not exist', async () => {
    const first = await newSubmission(ledger);
    const other = await seven();
    await ledger.commit(() => ended(first, 'mine.txt', 'clean'));
    const { guid } = ledger.submissions.get(first);
    expect(names(find({ submission: guid }))).toEqual(['mine.txt']);
    expect(find({ submission: ledger.submissions.get(other).guid }).total).toBe(7);
    expect(find({ submission: '3f0e9a52-6a39-4d13-8b0f-1a9d6cf2c111' })).toEqual({ ids: [], total: 0 });
  });

  it('comes in pages that fit together, with the same total', async () => {
    await seven();
    for (const query of [{}, { text: 'source' }, { sort: { by: 'name', descending: true } }]) {
      const whole = find(query);
      const pages = [0, 3, 6, 9].map((offset) => find(query, offset, 3));
      expect(pages.flatMap(({ ids }) => ids)).toEqual(whole.ids);
      expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([whole.total]));
    }
  });

  it('sees what was committed since the last look', async () => {
    const submission = await seven();
    expect(find({}).total).toBe(7);
    await ledger.commit(() => ended(submission, 'new.txt', 'clean'));
    expect(find({}).total).toBe(8);
    expect(names(find({}))[0]).toBe('new.txt');
  });

  it('sees a text in what was committed since the last look', async () => {
    const submission = await seven();
    expect(find({ text: 'source' }).total).toBe(6);
    await ledger.commit(() => ended(submission, 'new.txt', 'clean'));
    expect(find({ text: 'source' }).total).toBe(7);
  });

  it.each<ItemState>(['held', 'quarantined'])('of what is %s is in the order of time', async (disposition) => {
    await seven();
    const ids = find({ dispositions: [disposition] }).ids;
    expect(ids).toEqual([...ids].sort((one, two) => two - one));
  });
});

describe('findings', () => {
  const finding = (name: string, severity: Finding['severity']): Finding => {
    return { probe: 'one', name, severity, category: 'malware', guidance: [] };
  };
  const report = (...findings: Finding[]): JobOutcome => {
    const versions = { engineVersion: '1', databaseVersion: null };
    return { kind: 'report', report: { statement: 'found', coverage: { kind: 'complete' }, findings, ...versions } };
  };

  it('inside an archive are found with the archive, the worst first, and are forgotten with their jobs', async () => {
    const submission = await newSubmission(ledger);
    const root = await ledger.commit(() => {
      const id = receiveItem(ledger, submission, 'a.zip');
      ledger.moves.stageAndStart(id, STAGED);
      ledger.jobs.createLeased(id, 'one', true, 9);
      ledger.jobs.end(id, 'one', report(finding('Looks odd', 'suspicious')), 1, false);
      const { hashes, type } = STAGED;
      const place = {
        submissionId: submission,
        parentId: id,
        rootId: id,
        depth: 1,
        unpackedBy: 'one',
        name: Buffer.from('in.exe'),
      };
      const child = ledger.moves.adopt({ ...place, stagedPath: '/s', size: 1, hashes, type, now: 1 });
      ledger.jobs.createLeased(child, 'two', true, 9);
      ledger.jobs.end(child, 'two', report(finding('Eicar-Test', 'malicious')), 1, false);
      return id;
    });
    const extras = new ItemExtras(tables.db);
    expect(find({ text: 'eicar-test' }).ids).toEqual([root]);
    expect(find({ probe: 'two' }).ids).toEqual([root]);
    expect(find({ probe: 'three' }).ids).toEqual([]);
    expect(extras.findings(root)).toEqual({ first: 'Eicar-Test', count: 2 });
    await ledger.commit(() => {
      ledger.jobs.clear(root);
      ledger.marks.dropTree(root);
    });
    expect(extras.findings(root)).toEqual({ first: null, count: 0 });
  });

  it('are not needed: a probe that failed is found too, and one at work is named', async () => {
    const submission = await newSubmission(ledger);
    const [failed, working] = await ledger.commit(() => {
      const ids = ['a', 'b'].map((name) => receiveItem(ledger, submission, name)) as [number, number];
      for (const id of ids) {
        ledger.moves.stageAndStart(id, STAGED);
        ledger.jobs.createLeased(id, 'one', true, 9);
      }
      ledger.jobs.end(ids[0], 'one', { kind: 'error', code: 'PROBE_FAILED', message: 'm' }, 1, false);
      return ids;
    });
    expect(find({ probe: 'one' }).ids).toEqual([failed]);
    const extras = new ItemExtras(tables.db);
    expect([extras.running(failed), extras.running(working)]).toEqual([[], ['one']]);
  });
});
