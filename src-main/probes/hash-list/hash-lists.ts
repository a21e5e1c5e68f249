import { join } from 'node:path';
import { errnoOf, messageOf } from '../../base/errors';
import { mkdir, stat } from '../../base/files';
import { type ConfiguredList, HashList, titleOf } from './hash-list';
import { IndexChildren } from './index-child';
import { stampOf } from './index-task';
import { removeStaleIndexes } from './stale-indexes';

/** How long a failure that is not the list's own fault (disk full, child died) is believed before it is tried again. */
const RETRY_MS = 10_000;

/** What is known of the lists: all of them open, or why not. */
export type ListsState =
  | { readonly kind: 'open'; readonly lists: readonly HashList[] }
  | { readonly kind: 'loading'; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string };

interface Failure {
  readonly stamp: string;
  readonly problem: string;
  /** Time in `performance.now()` until which it is not tried again. */
  readonly until: number;
}

/**
 * The configured lists, with an open index each. Lists are usable together or not at all: while one is missing,
 * unreadable, mistaken or being indexed, nothing is looked up in the others.
 */
export class HashLists {
  private readonly lists: readonly ConfiguredList[];
  private readonly folder: string;
  private readonly children = new IndexChildren();
  private readonly failures = new Map<ConfiguredList, Failure>();
  private readonly open = new Map<ConfiguredList, HashList>();
  private readonly names = new Map<ConfiguredList, string>();
  private current: ListsState;
  private refreshing: Promise<ListsState> | null = null;
  private closed = false;

  /** Indexes lie in `hash-lists` below `indexDir`; nothing else may. */
  constructor(lists: readonly ConfiguredList[], indexDir: string) {
    this.lists = lists;
    this.folder = join(indexDir, 'hash-lists');
    this.current = { kind: 'loading', problem: 'the hash lists were not read yet' };
  }

  /** As of the last refresh. */
  get state(): ListsState {
    return this.current;
  }

  /** Looks whether a list has changed and takes in those that have. Never rejects; several callers share one refresh. */
  refresh(): Promise<ListsState> {
    this.refreshing ??= this.refreshNow()
      .catch((error): ListsState => ({ kind: 'failed', problem: messageOf(error) }))
      .then((state) => {
        this.refreshing = null;
        this.current = this.closed ? { kind: 'failed', problem: 'the probe was closed' } : state;
        return this.current;
      });
    return this.refreshing;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.current = { kind: 'failed', problem: 'the probe was closed' };
    this.children.close();
    await this.refreshing;
    const open = [...this.open.values()];
    this.open.clear();
    await Promise.all(open.map((list) => list.retire()));
  }

  private async refreshNow(): Promise<ListsState> {
    const problems: string[] = [];
    let renewed = false;
    for (const list of this.lists) {
      const before = this.open.get(list);
      const problem = await this.refreshOne(list);
      if (problem !== null) problems.push(`${titleOf(list)}${problem}`);
      renewed ||= this.open.get(list) !== before;
    }
    if (problems.length > 0) return { kind: 'failed', problem: problems.join('; ') };
    if (renewed)
      await removeStaleIndexes(
        this.folder,
        this.lists.map(({ path }) => path),
        [...this.names.values()],
      );
    return { kind: 'open', lists: this.lists.flatMap((list) => this.open.get(list) ?? []) };
  }

  /** Null when the list is open and up to date, else what is wrong, to follow the list's title. */
  private async refreshOne(list: ConfiguredList): Promise<string | null> {
    const found = await stampOfFile(list.path);
    const known = this.open.get(list);
    if (known !== undefined && known.stamp === found.stamp) return null;
    if (known !== undefined) {
      this.open.delete(list);
      await known.retire();
    }
    if (found.stamp === null) return ` ${found.problem}`;
    const failure = this.failures.get(list);
    if (failure !== undefined && failure.stamp === found.stamp && failure.until > performance.now())
      return failure.problem;
    return this.load(list, found.stamp);
  }

  private async load(list: ConfiguredList, stamp: string): Promise<string | null> {
    this.announce(list, '');
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const answer = await this.children.run({ listPath: list.path, folder: this.folder }, (bytes, ofBytes) =>
      this.announce(list, ` (${Math.floor((bytes / ofBytes) * 100)} %)`),
    );
    switch (answer.kind) {
      case 'indexed':
        this.failures.delete(list);
        this.names.set(list, answer.indexName);
        this.open.set(list, await HashList.open(list, answer.stamp, this.folder, answer.indexName));
        return null;
      case 'changed':
        return ' is being written to: it is read again when it has come to rest';
      case 'mistake': {
        const problem = `, line ${answer.line}: ${answer.cause}`;
        this.failures.set(list, { stamp: answer.stamp, problem, until: Number.POSITIVE_INFINITY });
        return problem;
      }
      case 'failed': {
        const problem = ` cannot be read or indexed: ${answer.message}`;
        this.failures.set(list, { stamp, problem, until: performance.now() + RETRY_MS });
        return problem;
      }
    }
  }

  /** Nothing is looked up from here on until the refresh has ended. */
  private announce(list: ConfiguredList, progress: string): void {
    if (!this.closed) this.current = { kind: 'loading', problem: `the ${titleOf(list)} is being indexed${progress}` };
  }
}

async function stampOfFile(
  path: string,
): Promise<{ readonly stamp: string } | { readonly stamp: null; readonly problem: string }> {
  try {
    return { stamp: stampOf(await stat(path, { bigint: true })) };
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT';
    return { stamp: null, problem: missing ? 'is missing' : `cannot be read: ${messageOf(error)}` };
  }
}
