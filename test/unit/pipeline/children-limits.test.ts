import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../src-main/contract/settings';
import { ChildStager, type TakeRoom } from '../../../src-main/pipeline/children';
import { Tree } from '../../../src-main/pipeline/tree';
import { tempFolder } from '../../support/temp-folder';
import { LIMITS, planOf } from '../store/ledger-fixtures';

const MIB = 1024 * 1024;
const HASHES = { sha256: '0'.repeat(64), sha1: null, md5: null };
const LIMIT = { code: 'PROBE_LIMIT' };

function stagerIn(
  folder: string,
  limits: Partial<Limits>,
  parent = { size: 100, depth: 0 },
  takeRoom: TakeRoom = () => true,
) {
  const tree = new Tree({ files: 0, bytes: 0, overLimit: false });
  const plan = planOf({ limits: { ...LIMITS, ...limits } });
  const describe = (path: string) => Promise.resolve({ size: statSync(path).size, hashes: HASHES, type: null });
  return {
    tree,
    stager: new ChildStager({ folder, plan, parent, tree, describe, adopt: () => Promise.resolve(), takeRoom }),
  };
}

async function* bytes(total: number, chunk = MIB): AsyncGenerator<Uint8Array> {
  for (let left = total; left > 0; left -= chunk) yield Buffer.alloc(Math.min(left, chunk));
}

const name = Buffer.from('member');

describe('members of an archive', () => {
  it('may be as many as archiveFiles, in all archives of a root together', async () => {
    const { stager, tree } = stagerIn(tempFolder(), { archiveFiles: 3 });
    tree.files = 1;
    await stager.add(name, bytes(1));
    await stager.add(name, bytes(1));
    await expect(stager.add(name, bytes(1))).rejects.toMatchObject(LIMIT);
    expect(stager.memberCount).toBe(2);
  });

  it('find no room on a disk that has none: what was written of them is gone', async () => {
    const folder = tempFolder();
    let left = 2 * MIB;
    const { stager } = stagerIn(folder, {}, { size: MIB, depth: 0 }, (size) => {
      left -= size;
      return left >= 0;
    });
    await stager.add(name, bytes(MIB));
    await expect(stager.add(name, bytes(2 * MIB))).rejects.toMatchObject(LIMIT);
    expect([stager.memberCount, readdirSync(folder).length]).toEqual([1, 1]);
  });

  it('may have archiveBytes together', async () => {
    const folder = tempFolder();
    const { stager } = stagerIn(folder, { archiveBytes: 10 });
    await stager.add(name, bytes(6));
    await expect(stager.add(name, bytes(5))).rejects.toMatchObject(LIMIT);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('may lie archiveDepth archives deep', async () => {
    const folder = tempFolder();
    const deepest = stagerIn(folder, { archiveDepth: 3 }, { size: 1, depth: 2 });
    await deepest.stager.add(name, bytes(1));
    const deeper = stagerIn(folder, { archiveDepth: 3 }, { size: 1, depth: 3 });
    await expect(deeper.stager.add(name, bytes(1))).rejects.toMatchObject(LIMIT);
  });

  it('may unpack to many times the size while they are small', async () => {
    const { stager } = stagerIn(tempFolder(), { archiveRatio: 2 });
    await stager.add(name, bytes(10 * MIB));
    expect((await stager.close())[0]?.size).toBe(10 * MIB);
  });

  it('may not unpack beyond the ratio when they are large', async () => {
    const folder = tempFolder();
    const { stager } = stagerIn(folder, { archiveRatio: 2 });
    await expect(stager.add(name, bytes(10 * MIB + 1))).rejects.toMatchObject(LIMIT);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may be large when the archive is', async () => {
    const { stager } = stagerIn(tempFolder(), { archiveRatio: 2 }, { size: 6 * MIB, depth: 0 });
    await stager.add(name, bytes(12 * MIB));
    await expect(stager.add(name, bytes(1))).rejects.toMatchObject(LIMIT);
  });

  it('keep names of any bytes, under generated names on disk', async () => {
    const folder = tempFolder();
    const { stager } = stagerIn(folder, {});
    const hostile = Buffer.from([0x2e, 0x2e, 0x2f, 0xff, 0x00, 0x0a]);
    await stager.add(hostile, bytes(1));
    expect(Buffer.from((await stager.close())[0]?.name ?? []).equals(hostile)).toBe(true);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^child-[0-9a-f-]{36}$/)]);
  });

  it('leave nothing behind when their content breaks off', async () => {
    const folder = tempFolder();
    const { stager } = stagerIn(folder, {});
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('broken archive');
    }
    await expect(stager.add(name, broken())).rejects.toThrow('broken archive');
    expect(readdirSync(folder)).toEqual([]);
    expect(stager.memberCount).toBe(0);
  });
});

describe('members of an attempt that was given up', () => {
  it('are removed from disk, and what they used of every limit is given back', async () => {
    const folder = tempFolder();
    const { stager, tree } = stagerIn(
      folder,
      { archiveFiles: 2, archiveBytes: 12 * MIB, archiveRatio: 2 },
      {
        size: 6 * MIB,
        depth: 0,
      },
    );
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await stager.add(name, bytes(6 * MIB));
      await stager.add(name, bytes(6 * MIB));
      await stager.discard();
      expect(readdirSync(folder)).toEqual([]);
      expect(stager.memberCount).toBe(0);
      expect(tree).toMatchObject({ files: 0, bytes: 0 });
    }
  });

  it.each(['discard', 'close'] as const)('do not come in late, after %s', async (ending) => {
    const folder = tempFolder();
    const { stager } = stagerIn(folder, {});
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      await promise;
      yield Buffer.from('b');
    }
    const late = stager.add(name, slow());
    await stager[ending]();
    resolve();
    await expect(late).rejects.toMatchObject({ code: 'PROBE_FAILED' });
    expect(stager.memberCount).toBe(0);
    expect(readdirSync(join(folder))).toEqual([]);
  });
});
