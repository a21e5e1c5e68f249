import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, makeDataFolder, socketPath } from '../../../src-main/engine/data-folder';
import { tempFolder } from '../../support/temp-folder';

const mode = (path: string) => statSync(path).mode & 0o777;

describe('the data folder', () => {
  it('lets its group reach staged bytes, and nobody but its owner what is kept', () => {
    const folder = dataFolder(join(tempFolder(), 'data'));
    makeDataFolder(folder);
    expect([folder.root, folder.staging, folder.held, folder.indexes].map(mode)).toEqual([0o750, 0o750, 0o700, 0o700]);
  });

  it('is taken as it is when it is there', () => {
    const folder = dataFolder(join(tempFolder(), 'data'));
    mkdirSync(folder.root, { mode: 0o700 });
    makeDataFolder(folder);
    makeDataFolder(folder);
    expect(mode(folder.root)).toBe(0o700);
  });
});

describe.skipIf(process.platform === 'win32')('socketPath', () => {
  it('lies in the data folder', () => {
    expect(socketPath('/data')).toBe('/data/engine.sock');
  });

  it('lies in a private folder where the data folder has too long a path, one for each data folder', () => {
    const long = (last: string) => socketPath(`/${'é'.repeat(60)}/${last}`);
    expect(Buffer.byteLength(long('a'))).toBeLessThanOrEqual(100);
    expect(long('a')).toBe(long('a'));
    expect(long('a')).not.toBe(long('b'));
    expect(long('a')).toContain(`dropgate-${process.getuid?.()}`);
  });
});
