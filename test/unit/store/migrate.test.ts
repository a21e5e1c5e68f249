import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../../src-main/store/migrate';

const version = (db: Sqlite.Database) => db.pragma('user_version', { simple: true });
const tables = (db: Sqlite.Database) => db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all();

describe('migrate', () => {
  it.each(MIGRATIONS.map((migration, index) => ({ ...migration, before: MIGRATIONS.slice(0, index) })))(
    'applies migration $version on what the earlier ones made',
    (migration) => {
      const db = new Sqlite(':memory:');
      migrate(db, 'test', migration.before);
      migrate(db, 'test', [...migration.before, migration]);
      expect(version(db)).toBe(migration.version);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.pragma('foreign_key_check')).toEqual([]);
      db.close();
    },
  );

  it('migration 2 keeps the highest number that each submission gave', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 'test', MIGRATIONS.slice(0, 1));
    db.exec(`
      INSERT INTO submission (id, guid, origin, plan, received_at) VALUES (1, 'a', '', '{}', 1), (2, 'b', '', '{}', 1);
      INSERT INTO item (submission_id, state, relative_path, received_at, settled_seq)
        VALUES (1, 'held', x'61', 1, 4), (1, 'held', x'62', 1, 3), (2, 'received', x'61', 1, NULL);`);
    migrate(db, 'test', MIGRATIONS.slice(0, 2));
    expect(db.prepare('SELECT settled_through FROM submission ORDER BY id').pluck().all()).toEqual([4, 0]);
    db.close();
  });

  it('migration 3 blames no item for crashes that it shared with others', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 'test', MIGRATIONS.slice(0, 2));
    db.exec(`
      INSERT INTO submission (id, guid, origin, plan, received_at) VALUES (1, 'a', '', '{}', 1);
      INSERT INTO item (submission_id, state, relative_path, received_at, in_flight_crashes) VALUES (1, 'planned', x'61', 1, 7);`);
    migrate(db, 'test', MIGRATIONS.slice(0, 3));
    expect(db.prepare('SELECT runs_alone FROM item').pluck().all()).toEqual([0]);
    db.close();
  });

  it('migration 8 leaves what had ended before to be made ready for searching', () => {
    const db = new Sqlite(':memory:');
    migrate(
      db,
      'test',
      MIGRATIONS.filter(({ version: each }) => each < 8),
    );
    db.exec(`
      INSERT INTO submission (id, guid, origin, plan, received_at) VALUES (1, 'a', '', '{}', 1);
      INSERT INTO item (submission_id, parent_id, state, relative_path, received_at, settled_at)
        VALUES (1, NULL, 'held', x'61', 1, 2), (1, 1, 'decided', x'62', 1, 2), (1, NULL, 'received', x'63', 1, NULL);`);
    migrate(db, 'test');
    expect(db.prepare('SELECT item_id FROM search_due').pluck().all()).toEqual([1]);
    db.close();
  });

  it('does nothing to a ledger that is up to date', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 'test');
    const before = tables(db);
    migrate(db, 'test');
    expect(tables(db)).toEqual(before);
    db.close();
  });

  it('takes a migration that fails in its middle back whole', () => {
    const db = new Sqlite(':memory:');
    const good = { version: 1, sql: 'CREATE TABLE a (x INTEGER) STRICT;' };
    const broken = { version: 2, sql: 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT;' };
    expect(() => migrate(db, 'test', [good, broken])).toThrow();
    expect(version(db)).toBe(1);
    expect(tables(db)).toEqual(['a']);
    migrate(db, 'test', [good, { version: 2, sql: 'CREATE TABLE c (x INTEGER) STRICT;' }]);
    expect(tables(db)).toEqual(['a', 'c']);
    db.close();
  });

  it('refuses a newer ledger by name', () => {
    const db = new Sqlite(':memory:');
    db.pragma(`user_version = ${(MIGRATIONS.at(-1)?.version ?? 0) + 1}`);
    expect(() => migrate(db, '/data/ledger.db')).toThrow(expect.objectContaining({ code: 'LEDGER_NEWER' }));
    expect(() => migrate(db, '/data/ledger.db')).toThrow('/data/ledger.db');
    expect(tables(db)).toEqual([]);
    db.close();
  });
});
