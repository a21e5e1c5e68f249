import { createHash } from 'node:crypto';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src-main/store/ledger';
import { MIGRATIONS } from '../../../src-main/store/migrate';
import { openLedgerDatabase } from '../../../src-main/store/open';
import { tempFolder } from '../../support/temp-folder';
import { newSubmission, openLedger } from './ledger-fixtures';

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('openLedgerDatabase', () => {
  it('makes a ledger for its owner alone, with WAL, full synchronisation and foreign keys really on', () => {
    const path = join(tempFolder(), 'ledger.db');
    const db = openLedgerDatabase(path);
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'];
    expect(pragmas.map((name) => db.pragma(name, { simple: true }))).toEqual(['wal', 2, 1, 5000]);
    db.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('closes the ledger of an earlier run to others', () => {
    const path = join(tempFolder(), 'ledger.db');
    writeFileSync(path, '', { mode: 0o644 });
    openLedgerDatabase(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('has strict tables only, but for those of the text search', () => {
    const db = openLedgerDatabase(join(tempFolder(), 'ledger.db'));
    const tables = db.pragma('table_list') as { name: string; type: string; strict: number }[];
    const plain = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
    const loose = plain.filter(({ strict }) => strict !== 1);
    expect(loose).toEqual([]);
    expect(plain.length).toBeGreaterThan(5);
    expect(() => db.prepare("INSERT INTO item (submission_id, state) VALUES ('x', 'received')").run()).toThrow();
    db.close();
  });

  it('refuses a file that is no ledger, names it, and leaves it as it is', () => {
    const path = join(tempFolder(), 'ledger.db');
    writeFileSync(path, Buffer.alloc(8192, 'not a database'));
    const before = sha256(path);
    expect(() => new Ledger(path)).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
    expect(() => new Ledger(path)).toThrow(path);
    expect(sha256(path)).toBe(before);
  });

  it.each([100, 4096, 8192])('refuses a ledger that was cut to %i bytes and names it', async (bytes) => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = new Ledger(path);
    await newSubmission(ledger);
    ledger.close();
    truncateSync(path, bytes);
    expect(() => new Ledger(path)).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
    expect(() => new Ledger(path)).toThrow(path);
  });

  it('refuses a place that cannot be written', () => {
    const path = join(tempFolder(), 'missing', 'ledger.db');
    expect(() => new Ledger(path)).toThrow(path);
  });

  it('refuses a newer ledger, names it, and leaves every byte of it', () => {
    const path = join(tempFolder(), 'ledger.db');
    new Ledger(path).close();
    const db = new Sqlite(path);
    db.pragma('user_version = 9999');
    db.close();
    const before = sha256(path);
    expect(() => new Ledger(path)).toThrow(expect.objectContaining({ code: 'LEDGER_NEWER' }));
    expect(() => new Ledger(path)).toThrow(path);
    expect(sha256(path)).toBe(before);
  });

  it('lets go of a file that it refused', () => {
    const path = join(tempFolder(), 'ledger.db');
    new Ledger(path).close();
    const db = new Sqlite(path);
    db.pragma('user_version = 9999');
    db.close();
    expect(() => new Ledger(path)).toThrow();
    const again = new Sqlite(path, { timeout: 0 });
    // leaving WAL needs the file for oneself
    expect(again.pragma('journal_mode = DELETE', { simple: true })).toBe('delete');
    again.close();
  });
});

describe('Ledger', () => {
  it('holds what was committed when it is opened again', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = new Ledger(path);
    const id = await newSubmission(ledger);
    const { guid } = ledger.submissions.get(id);
    ledger.close();
    expect(openLedger(path).submissions.find(guid)?.id).toBe(id);
  });

  it('shows a committed change to another connection at once', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = openLedger(path);
    await newSubmission(ledger);
    const other = new Sqlite(path, { readonly: true });
    expect(other.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(1);
    other.close();
  });

  it('commits what waits when it is closed, and refuses what comes later', async () => {
    const path = join(tempFolder(), 'ledger.db');
    const ledger = new Ledger(path);
    const waiting = ledger.commit(() => ledger.meta.set('last', 'word'));
    ledger.close();
    await waiting;
    await expect(ledger.commit(() => ledger.meta.set('too', 'late'))).rejects.toMatchObject({ code: 'LEDGER_FAILED' });
    const again = openLedger(path);
    expect([again.meta.get('last'), again.meta.get('too')]).toEqual(['word', null]);
  });

  it('takes a failed piece back whole, and keeps its neighbours', async () => {
    const ledger = openLedger();
    const one = ledger.commit(() => ledger.meta.set('one', '1'));
    const broken = ledger.commit(() => {
      ledger.meta.set('half', '1');
      throw new Error('no');
    });
    const two = ledger.commit(() => ledger.meta.set('two', '1'));
    await expect(broken).rejects.toThrow('no');
    await Promise.all([one, two]);
    expect(['one', 'half', 'two'].map((key) => ledger.meta.get(key))).toEqual(['1', null, '1']);
  });
});

describe('MIGRATIONS', () => {
  it('begin with one and rise', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions[0]).toBe(1);
    expect(versions).toEqual([...new Set(versions)].sort((one, two) => one - two));
  });
});
