import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of tens of thousands of files is removed in its own time. */
const REMOVAL_MS = 10 * 60_000;

/** A fresh folder, removed after the test. For use in a test or beforeEach (hooks that a test adds itself are never run). */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-test-'));
  // a process that the test killed may still make its last file there
  const patience = { maxRetries: 20, retryDelay: 50 };
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, ...patience }), REMOVAL_MS);
  return folder;
}

/** The EICAR test string, put together here so that this file is not taken for malware itself. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''),
);
