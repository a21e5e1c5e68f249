import { describe, expect, it } from 'vitest';
import { GroupCommit, type Transactional } from '../../../src-main/base/group-commit';

/** A database of one list: what was pushed inside a transaction is kept at commit and forgotten at rollback. */
class ListDatabase implements Transactional {
  kept: string[] = [];
  commits = 0;
  failCommits = 0;
  failRollbacks = 0;
  private open: string[] | null = null;

  begin(): void {
    if (this.open !== null) throw new Error('a transaction inside a transaction');
    this.open = [...this.kept];
  }

  commit(): void {
    if (this.failCommits > 0) {
      this.failCommits -= 1;
      throw new Error('disk full');
    }
    this.kept = this.open ?? [];
    this.open = null;
    this.commits += 1;
  }

  rollback(): void {
    this.open = null;
    if (this.failRollbacks === 0) return;
    this.failRollbacks -= 1;
    throw new Error('rollback failed');
  }

  push(word: string): number {
    if (this.open === null) throw new Error('outside a transaction');
    return this.open.push(word);
  }
}

function outcomes(promises: readonly Promise<unknown>[]): Promise<string[]> {
  return Promise.all(
    promises.map((promise) =>
      promise.then(
        (value) => `resolved ${String(value)}`,
        (error: Error) => `rejected ${error.message}`,
      ),
    ),
  );
}

function fail(message: string): never {
  throw new Error(message);
}

describe('GroupCommit', () => {
  it('runs pieces in order, in one transaction, and gives each its own result', async () => {
    const database = new ListDatabase();
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    const results = await Promise.all(['a', 'b', 'c'].map((word) => group.run(() => database.push(word))));
    expect(results).toEqual([1, 2, 3]);
    expect(database.kept).toEqual(['a', 'b', 'c']);
    expect(database.commits).toBe(1);
  });

  it('commits at once when a group is full', () => {
    const database = new ListDatabase();
    const group = new GroupCommit(database, { delayMs: 60_000, most: 2 });
    void group.run(() => database.push('a'));
    expect(database.kept).toEqual([]);
    void group.run(() => database.push('b'));
    expect(database.kept).toEqual(['a', 'b']);
  });

  it('commits what waits on flush, and does nothing when nothing waits', async () => {
    const database = new ListDatabase();
    const group = new GroupCommit(database, { delayMs: 60_000, most: 10 });
    const waiting = group.run(() => database.push('a'));
    group.flush();
    group.flush();
    expect(await waiting).toBe(1);
    expect(database.commits).toBe(1);
  });

  it('rejects a failing piece alone; its neighbours survive, in order and once', async () => {
    const database = new ListDatabase();
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    const told = await outcomes([
      group.run(() => database.push('a')),
      group.run(() => {
        database.push('half');
        fail('mine alone');
      }),
      group.run(() => database.push('b')),
    ]);
    expect(told).toEqual(['resolved 1', 'rejected mine alone', 'resolved 2']);
    expect(database.kept).toEqual(['a', 'b']);
  });

  it('rejects every piece of a group whose commit fails, and nothing of it is kept', async () => {
    const database = new ListDatabase();
    database.failCommits = 1;
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    const told = await outcomes(['a', 'b'].map((word) => group.run(() => database.push(word))));
    expect(told).toEqual(['rejected disk full', 'rejected disk full']);
    expect(database.kept).toEqual([]);
  });

  it('goes on with the next group after a failed commit', async () => {
    const database = new ListDatabase();
    database.failCommits = 1;
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    await outcomes([group.run(() => database.push('lost'))]);
    expect(await group.run(() => database.push('a'))).toBe(1);
    expect(database.kept).toEqual(['a']);
  });

  it('rejects and never hangs when even the rollback fails', async () => {
    const database = new ListDatabase();
    database.failCommits = 1;
    database.failRollbacks = 1;
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    const told = await outcomes(['a', 'b'].map((word) => group.run(() => database.push(word))));
    expect(told.map((text) => text.split(' ')[0])).toEqual(['rejected', 'rejected']);
    expect(await group.run(() => database.push('c'))).toBe(1);
  });

  it('takes pieces that arrive while a group runs into the next one', async () => {
    const database = new ListDatabase();
    const group = new GroupCommit(database, { delayMs: 1, most: 100 });
    let later: Promise<number> | null = null;
    await group.run(() => {
      later = group.run(() => database.push('second'));
      database.push('first');
    });
    expect(database.kept).toEqual(['first']);
    await later;
    expect(database.kept).toEqual(['first', 'second']);
    expect(database.commits).toBe(2);
  });
});
