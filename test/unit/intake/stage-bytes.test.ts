import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stageBytes } from '../../../src-main/intake/stage-bytes';
import { tempFolder } from '../../support/temp-folder';
import { hashesOf, requestFor } from './stage-requests';

const content = Buffer.from('%PDF-1.7\nbytes of a member\n');

it('writes bytes to a private copy, and answers as for a file', async () => {
  const destination = join(tempFolder(), 'child');
  const answer = await stageBytes(requestFor('', { destination, detectType: true }), content);
  expect(answer).toMatchObject({ kind: 'staged', size: content.length, hashes: hashesOf(content) });
  expect(answer).toMatchObject({ type: { mime: 'application/pdf' } });
  expect(readFileSync(destination).equals(content)).toBe(true);
  expect(statSync(destination).mode & 0o777).toBe(0o640 & ~process.umask());
});

it('never writes over what is there, and leaves it alone', async () => {
  const destination = join(tempFolder(), 'child');
  writeFileSync(destination, 'another');
  expect(await stageBytes(requestFor('', { destination }), content)).toMatchObject({ kind: 'failed' });
  expect(readFileSync(destination, 'utf8')).toBe('another');
});

it('refuses more than it may take, and a place that is not there', async () => {
  const destination = join(tempFolder(), 'child');
  const answer = await stageBytes(requestFor('', { destination, maxBytes: content.length - 1 }), content);
  expect(answer).toMatchObject({ kind: 'problem', problem: { reason: 'limit_exceeded' } });
  expect(existsSync(destination)).toBe(false);
  const nowhere = join(destination, 'child');
  expect(await stageBytes(requestFor('', { destination: nowhere }), content)).toMatchObject({ kind: 'failed' });
  expect(await stageBytes(requestFor(''), content)).toMatchObject({ kind: 'failed' });
});
