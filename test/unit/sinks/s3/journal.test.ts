import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createS3Sink } from '../../../../src-main/sinks/s3/sink';
import { tempFolder } from '../../../support/temp-folder';

it('a sweep removes half-made entries of a dead engine, and nothing that is younger or not ours', async () => {
  const journalDir = tempFolder();
  const [dead, young, foreign] = ['.dropgate-partial-0123456789abcdef', '.dropgate-partial-fedcba9876543210', 'a.json'];
  for (const name of [dead, young, foreign]) writeFileSync(join(journalDir, name), '{"owner":');
  for (const name of [dead, foreign]) utimesSync(join(journalDir, name), 1, 1);
  const options = {
    bucket: 'b',
    region: 'r',
    prefix: '',
    pathStyle: true,
    checksums: 'when_supported',
    conditionalPut: 'auto',
  } as const;
  const sink = createS3Sink('inbound', { kind: 's3', ...options }, { ownerTag: 'us', journalDir });
  expect(await sink.sweep(AbortSignal.abort())).toEqual({ removed: 1 });
  expect(readdirSync(journalDir).sort()).toEqual([young, foreign].sort());
});
