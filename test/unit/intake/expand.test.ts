import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExpandOptions, expand, type FoundEntry, folderKey } from '../../../src-main/intake/expand';
import { ignoreMatcher } from '../../../src-main/intake/watch/ignore';
import { tempFolder } from '../../support/temp-folder';
import { unprivileged } from './unprivileged';

async function found(paths: (string | Buffer)[], options?: ExpandOptions): Promise<FoundEntry[]> {
  const entries: FoundEntry[] = [];
  for await (const batch of expand(paths, options)) entries.push(...batch);
  return entries;
}

/** `kind relative/path` of each entry, in order. */
function lines(entries: FoundEntry[]): string[] {
  return entries.map(({ kind, relativePath }) => `${kind} ${relativePath.toString('utf8')}`);
}

function tree(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

describe('expand', () => {
  it('walks a folder: its files by name, then its folders, with paths below it', async () => {
    const root = tempFolder();
    tree(root, { 'b.txt': '', 'a.txt': '', 'z/2': '', 'c/d/1': '', 'c/0': '' });
    const entries = await found([root]);
    expect(lines(entries)).toEqual(['file a.txt', 'file b.txt', 'file c/0', 'file c/d/1', 'file z/2']);
    expect(entries[3]?.path.toString()).toBe(join(root, 'c/d/1'));
  });

  it('names a file that was named directly by its name, wherever it lies', async () => {
    const root = tempFolder();
    tree(root, { 'deep/er/a.txt': '' });
    expect(lines(await found([join(root, 'deep/er/a.txt')]))).toEqual(['file a.txt']);
  });

  it('puts the folder name in front when several paths are named, and numbers equal names', async () => {
    const root = tempFolder();
    tree(root, { '1/x/a.txt': '', '2/x/a.txt': '', '1/a.txt': '', '2/a.txt': '' });
    const paths = ['1/x', '2/x', '1/a.txt', '2/a.txt'].map((name) => join(root, name));
    expect(lines(await found(paths))).toEqual(['file x/a.txt', 'file x (2)/a.txt', 'file a.txt', 'file a (2).txt']);
  });

  it('finds the same file once: named twice, by a link, and inside a named folder', async () => {
    const root = tempFolder();
    tree(root, { 'in/a.txt': '', 'in/b.txt': '' });
    symlinkSync(join(root, 'in/a.txt'), join(root, 'link'));
    const paths = ['in', 'in/a.txt', 'in/../in/a.txt', 'link', 'in/'].map((name) => `${root}/${name}`);
    expect(lines(await found(paths))).toEqual(['file in/b.txt', 'file a.txt']);
  });

  it('lists a folder of its own and does not enter it, by whatever path it is reached', async () => {
    const root = tempFolder();
    tree(root, { 'a.txt': '', 'data/ledger.db': '', 'below/data/held/b.txt': '' });
    const own = new Set(['data', 'below/data'].map((name) => folderKey(statSync(join(root, name), { bigint: true }))));
    expect(lines(await found([root], { own }))).toEqual(['file a.txt', 'skipped below/data', 'skipped data']);
  });

  it('finds a folder once that is named with the folder above it', async () => {
    const root = tempFolder();
    tree(root, { 'in/sub/a.txt': '', 'in/b.txt': '' });
    expect(lines(await found([join(root, 'in/sub'), join(root, 'in')]))).toEqual(['file sub/a.txt', 'file in/b.txt']);
  });

  it('follows a link that was named, to a file and to a folder', async () => {
    const root = tempFolder();
    tree(root, { 'real/a.txt': '' });
    symlinkSync('real', join(root, 'folder-link'));
    symlinkSync('real/a.txt', join(root, 'file-link'));
    expect(lines(await found([join(root, 'folder-link')]))).toEqual(['file a.txt']);
    const [entry] = await found([join(root, 'file-link')]);
    expect(entry?.path.toString()).toBe(join(root, 'real/a.txt'));
    expect(entry?.relativePath.toString()).toBe('file-link');
  });

  it('skips links met on the way and never follows them, loops included', async () => {
    const root = tempFolder();
    tree(root, { 'a.txt': '', 'sub/b.txt': '' });
    symlinkSync('..', join(root, 'sub/loop'));
    symlinkSync('/etc/passwd', join(root, 'secret'));
    symlinkSync('nowhere', join(root, 'dangling'));
    expect(lines(await found([root]))).toEqual([
      'file a.txt',
      'skipped dangling',
      'skipped secret',
      'file sub/b.txt',
      'skipped sub/loop',
    ]);
  });

  it('refuses FIFOs, sockets and devices with the reason, without opening them', async () => {
    const root = tempFolder();
    execFileSync('mkfifo', [join(root, 'pipe\n')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve));
    const entries = [...(await found([root])), ...(await found(['/dev/null']))];
    await new Promise((resolve) => server.close(resolve));
    expect(entries.map((entry) => (entry.kind === 'refused' ? entry.code : entry.kind))).toEqual(
      Array(3).fill('SOURCE_UNSUPPORTED'),
    );
    const problems = entries.map((entry) => (entry.kind === 'refused' ? entry.problem : ''));
    expect(problems[0]).toContain(`${root}/pipe\\n is a FIFO`);
    expect(problems[1]).toContain('a socket');
    expect(problems[2]).toContain('a device');
  });

  it('says NOT_FOUND for a missing path and a dangling link, with the name escaped, and goes on', async () => {
    const root = tempFolder();
    tree(root, { 'a.txt': '' });
    symlinkSync('nowhere', join(root, 'dangling'));
    const entries = await found([join(root, 'no\u202esuch'), join(root, 'dangling'), join(root, 'a.txt')]);
    expect(entries.map((entry) => (entry.kind === 'refused' ? entry.code : entry.kind))).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'file',
    ]);
    const [first] = entries;
    expect(first?.kind === 'refused' && first.problem).toContain('no\\u{202e}such does not exist');
  });

  it('refuses an unreadable folder and goes on', async () => {
    const root = tempFolder();
    chmodSync(root, 0o755);
    tree(root, { 'a/1': '', 'b/2': '' });
    chmodSync(join(root, 'a'), 0);
    const entries = await unprivileged(() => found([root]));
    chmodSync(join(root, 'a'), 0o755);
    expect(lines(entries)).toEqual(['refused a', 'file b/2']);
    expect(entries[0]).toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  it('keeps every name as its true bytes', async () => {
    const root = tempFolder();
    const names = ['-rf', 'a\nb', 'cod\u202etxt.exe', ' ', '\\x', 'é'.repeat(127)].map((name) => Buffer.from(name));
    names.push(Buffer.from('bad-\xff\xfe', 'latin1'));
    const folder = Buffer.concat([Buffer.from(`${root}/`), Buffer.from('dir-\xff', 'latin1')]);
    mkdirSync(folder);
    for (const name of names) writeFileSync(Buffer.concat([folder, Buffer.from('/'), name]), '');
    const seen = (await found([folder])).map(({ relativePath }) => relativePath.toString('latin1'));
    expect(seen.sort()).toEqual(names.map((name) => name.toString('latin1')).sort());
  });

  it('finds each of 100,000 files in one folder', async () => {
    const root = tempFolder();
    for (let index = 0; index < 100_000; index += 1) writeFileSync(`${root}/${index}`, '');
    const seen = new Set<string>();
    for await (const batch of expand([root])) {
      for (const { relativePath } of batch) seen.add(relativePath.toString());
    }
    expect(seen.size).toBe(100_000);
  }, 120_000);

  it('walks 1,000 nested folders', async () => {
    const root = tempFolder();
    const deep = Array(1000).fill('d').join('/');
    mkdirSync(join(root, deep), { recursive: true });
    writeFileSync(join(root, deep, 'bottom'), '');
    expect(lines(await found([root]))).toEqual([`file ${deep}/bottom`]);
  });

  it('refuses what lies deeper than the system can name, and does not stop there', async () => {
    const root = tempFolder();
    const build =
      'import os,sys\nos.chdir(sys.argv[1])\nfor i in range(30):\n os.mkdir("n"*200); os.chdir("n"*200)\nopen("x","w")';
    execFileSync('python3', ['-c', build, root]);
    writeFileSync(join(root, 'z.txt'), '');
    const entries = await found([root]);
    expect(entries[0]).toMatchObject({ kind: 'file' });
    expect(entries.slice(1)).toMatchObject([{ kind: 'refused', code: 'SOURCE_UNREADABLE' }]);
    expect(readdirSync(root)).toHaveLength(2);
  });

  it('leaves out what the ignore patterns name, folders included, but not what was named', async () => {
    const root = tempFolder();
    tree(root, { 'a.TMP': '', 'keep.txt': '', 'node_modules/x': '', 'docs/draft/y': '', 'other/draft/y': '' });
    const ignore = ignoreMatcher(['*.tmp', 'node_modules', 'docs/draft']);
    expect(lines(await found([root], { ignore }))).toEqual(['file keep.txt', 'file other/draft/y']);
    expect(lines(await found([join(root, 'a.TMP')], { ignore }))).toEqual(['file a.TMP']);
  });
});
