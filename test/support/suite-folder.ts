import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for all tests of one `describe`, removed after the last. Call it where `describe` collects its tests. */
export function suiteFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-suite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
