import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeWith, findComponent } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { pythonZip, scanIn } from './support';

/** Answers for every path on its input whether a member of that zip can be read that is exactly EICAR. */
const READER = `
import sys, zipfile
eicar = bytes.fromhex(sys.argv[1])
def holds(path):
    try:
        with zipfile.ZipFile(path) as z:
            for m in z.infolist():
                try:
                    if z.read(m) == eicar: return True
                except Exception: pass
    except Exception: pass
    return False
for line in sys.stdin: print(int(holds(line.strip())), flush=True)
`;

/** Changes of single bytes, pieces cut out, pieces put in twice, bytes put in: where a zip's structure mostly is, too. */
const mutation = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'double', 'insert', 'prefix', 'append'),
  /** A byte of the zip, counted round. */
  place: fc.integer({ min: 0, max: 1023 }),
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.oneof(fc.constantFrom(0, 1, 8, 0xff), fc.nat(255)),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(zip: Buffer, { kind, place, length, byte }: Mutation): Buffer {
  const at = place % zip.length;
  const [before, after] = [zip.subarray(0, at), zip.subarray(at)];
  if (kind === 'flip') return Buffer.concat([before, Buffer.from([byte]), zip.subarray(at + 1)]);
  if (kind === 'cut') return Buffer.concat([before, zip.subarray(at + length)]);
  if (kind === 'double') return Buffer.concat([before, after.subarray(0, length), after]);
  if (kind === 'prefix') return Buffer.concat([Buffer.alloc(length, byte), zip]);
  if (kind === 'append') return Buffer.concat([zip, Buffer.alloc(length, byte)]);
  return Buffer.concat([before, Buffer.alloc(length, byte), after]);
}

describeWith(['python3'], 'mutated zips', () => {
  it('what another reader still unpacks was staged, or the scan was not complete', async () => {
    const python = findComponent('python3');
    if (python === null) throw new Error('python3 is not installed');
    const zip = pythonZip(`
z.writestr('a.txt', 'hello' * 20)
z.writestr(info('eicar.com'), bytes.fromhex('${EICAR.toString('hex')}'), ZIP_STORED)
z.writestr('eicar.zip', bytes.fromhex('${EICAR.toString('hex')}'))
`);
    const folder = mkdtempSync(join(tmpdir(), 'dropgate-mutations-'));
    const reader = spawn(python, ['-c', READER, EICAR.toString('hex')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
    const seen = { extracted: 0, complete: 0 };
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
          const mutated = mutations.reduce(mutate, zip);
          const path = join(folder, 'mutated.zip');
          writeFileSync(path, mutated);
          reader.stdin.write(`${path}\n`);
          const extracts = (await answers.next()).value === '1';
          const { coverage, children } = await scanIn(folder, mutated);
          const staged = children.some(({ bytes }) => bytes.equals(EICAR));
          seen.extracted += Number(extracts);
          seen.complete += Number(coverage === 'complete');
          expect(!extracts || staged || coverage !== 'complete').toBe(true);
        }),
        { numRuns: 200 },
      );
    } finally {
      const ended = once(reader, 'exit');
      reader.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
    // the mutations must not all be so rough that nobody reads anything
    expect(seen.extracted).toBeGreaterThan(20);
    expect(seen.complete).toBeGreaterThan(0);
  });
});
