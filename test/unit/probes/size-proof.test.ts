import { describe, expect, it } from 'vitest';
import { ProbeError } from '../../../src-main/base/errors';
import { paddedCanaryPieces } from '../../../src-main/probes/canary-files';
import { SizeProof } from '../../../src-main/probes/size-proof';
import { EICAR } from '../../support/temp-folder';

const MIB = 1024 ** 2;
const never = new AbortController().signal;

/** A scanner that reads files up to `limit`, and which sizes it was tried with. */
function proofOf(limit: number, claimed = 512 * MIB) {
  const tried: number[] = [];
  const finds = async (size: number) => {
    tried.push(size / MIB);
    return size <= limit;
  };
  return { proof: new SizeProof({ who: 'it', claimed, finds }), tried };
}

describe('the proof of a size limit', () => {
  it('needs none for small files and none beyond what is claimed, and one for each step', async () => {
    const { proof, tried } = proofOf(Number.POSITIVE_INFINITY, 100 * MIB);
    for (const size of [0, 16 * 1024, 100 * MIB + 1]) expect(proof.covers(size)).toBe(true);
    expect(proof.covers(17 * 1024)).toBe(false);
    for (const size of [17 * 1024, MIB, MIB + 1, 20 * MIB, 33 * MIB, 65 * MIB]) await proof.ensure(size, never);
    expect(tried).toEqual([1, 32, 64, 100]);
    expect(proof).toMatchObject({ maxBytes: 100 * MIB, overlooked: null, isStale: false });
  });

  it('halves the limit until a test file is found', async () => {
    const { proof, tried } = proofOf(5 * MIB);
    await Promise.all([proof.ensure(6 * MIB, never), proof.ensure(7 * MIB, never)]);
    expect(tried).toEqual([32, 16, 8, 4]);
    expect(proof).toMatchObject({ maxBytes: 4 * MIB, overlooked: 32 * MIB, isStale: false });
    expect(proof.covers(6 * MIB)).toBe(true);
  });

  it('takes an error for a file that was not found, unless the scanner is away', async () => {
    const failing = (error: Error) =>
      new SizeProof({ who: 'it', claimed: MIB, finds: () => Promise.reject(error) }).ensure(MIB, never);
    await failing(new ProbeError('PROBE_BAD_REPLY', 'garbage'));
    await expect(failing(new ProbeError('PROBE_UNAVAILABLE', 'away'))).rejects.toMatchObject({
      code: 'PROBE_UNAVAILABLE',
    });
    await expect(failing(new Error('no disk'))).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: 'the size limit of it cannot be tested: no disk',
    });
  });

  it.each([4096, 5000, MIB, MIB + 513])(
    'is made with a tar archive of exactly %d bytes that ends with EICAR',
    (size) => {
      const bytes = Buffer.concat([...paddedCanaryPieces(size)]);
      expect(bytes).toHaveLength(size);
      expect(bytes.toString('latin1', 257, 262)).toBe('ustar');
      const filling = Number.parseInt(bytes.toString('latin1', 124, 135), 8);
      const second = 512 + filling;
      expect(bytes.toString('latin1', second, second + 9)).toBe('eicar.com');
      expect(bytes.subarray(second + 512, second + 512 + EICAR.length)).toEqual(EICAR);
      expect(size - second - 512 - EICAR.length).toBeLessThan(1536);
    },
  );
});
