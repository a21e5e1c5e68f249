import { afterEach, describe, expect, it } from 'vitest';
import { entryPath } from '../../../src-main/base/entries';

const before = process.env.DROPGATE_ENTRIES;

afterEach(() => {
  if (before === undefined) delete process.env.DROPGATE_ENTRIES;
  else process.env.DROPGATE_ENTRIES = before;
});

describe('entryPath', () => {
  it('finds the programs of the build that is named', () => {
    process.env.DROPGATE_ENTRIES = '/build';
    expect(entryPath('intake-worker')).toBe('/build/intake-worker.js');
  });

  it('lies beside the program that runs when no build is named', () => {
    delete process.env.DROPGATE_ENTRIES;
    expect(entryPath('yara-child')).toMatch(/\/yara-child\.js$/);
  });
});
