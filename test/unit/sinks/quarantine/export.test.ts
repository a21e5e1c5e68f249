import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CartWorker } from '../../../../src-main/sinks/cart/worker-client';
import { QuarantineStore } from '../../../../src-main/sinks/quarantine/store';
import { describeWith, findComponent } from '../../../support/components';
import { tempFolder } from '../../../support/temp-folder';
import { codeOf, sha256 } from '../outgoing';

const cart = new CartWorker();
afterAll(() => cart.close());

async function keep(name: string | Buffer, bytes: Buffer) {
  const folder = tempFolder();
  const path = join(folder, 'staged');
  writeFileSync(path, bytes);
  const store = new QuarantineStore(join(folder, 'quarantine'), cart);
  const fileName = Buffer.from(name);
  const hashes = { sha256: sha256(bytes) };
  const { location } = await store.put({
    path,
    submission: 's',
    fileName,
    relativePath: fileName,
    itemKey: '1',
    hashes,
  });
  return { store, folder, location };
}

function unzip(archive: string, password: string) {
  const to = tempFolder();
  const program = findComponent('7zz') ?? '7zz';
  const { status } = spawnSync(program, ['x', '-y', `-p${password}`, `-o${to}`, archive], { encoding: 'utf8' });
  return { status, to, listing: spawnSync(program, ['l', '-slt', archive], { encoding: 'utf8' }).stdout };
}

describeWith(['7zz'], 'the exported zip, as 7-Zip reads it', () => {
  test.each([0, 100, 9 * 1024 ** 2])(
    'holds original and report under the password, AES-256 (%d bytes)',
    async (size) => {
      const bytes = randomBytes(size);
      const { store, folder, location } = await keep('a.pdf', bytes);
      const archive = join(folder, 'out.zip');
      await store.exportZip(location, archive, { verdict: 'infected' });
      expect(statSync(archive).mode & 0o777).toBe(0o600);
      const good = unzip(archive, 'infected');
      expect(good.status).toBe(0);
      expect(readdirSync(good.to).sort()).toEqual(['a.pdf', 'report.json']);
      expect(sha256(readFileSync(join(good.to, 'a.pdf')))).toBe(sha256(bytes));
      expect(JSON.parse(readFileSync(join(good.to, 'report.json'), 'utf8'))).toEqual({ verdict: 'infected' });
      expect(good.listing.match(/Encrypted = \+/g)).toHaveLength(2);
      expect(good.listing).toMatch(/AES-256/);
      expect(unzip(archive, 'wrong').status).not.toBe(0);
    },
  );

  test.each([
    ['..', 'unnamed'],
    ['a\nb', 'a_nb'],
    ['Report.JSON', 'original-Report.JSON'],
    ['x:y', 'x_y'],
  ])('an original called %j is harmless to unpack', async (name, entry) => {
    const { store, folder, location } = await keep(name, Buffer.from('evil'));
    await store.exportZip(location, join(folder, 'out.zip'), {}, 'other');
    expect(readdirSync(unzip(join(folder, 'out.zip'), 'other').to).sort()).toEqual([entry, 'report.json'].sort());
  });
});

test('an export never overwrites, and one of a damaged file leaves nothing', async () => {
  const { store, folder, location } = await keep('a', randomBytes(1000));
  const to = join(folder, 'out.zip');
  writeFileSync(to, 'mine');
  expect(await codeOf(store.exportZip(location, to, {}))).toBe('ALREADY_EXISTS');
  expect(readFileSync(to, 'utf8')).toBe('mine');
  const bad = readFileSync(location);
  bad[bad.length - 250] = (bad[bad.length - 250] ?? 0) ^ 1;
  const damaged = join(folder, 'damaged.cart');
  writeFileSync(damaged, bad);
  expect(await codeOf(store.exportZip(Buffer.from(damaged), join(folder, 'b.zip'), {}))).toBe('INTEGRITY');
  expect(existsSync(join(folder, 'b.zip'))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['damaged.cart', 'out.zip', 'quarantine', 'staged']);
});
