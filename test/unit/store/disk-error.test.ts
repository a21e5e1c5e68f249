import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLedgerDatabase } from '../../../src-main/store/open';
import { describeWithDisk, mountSmallDisk, remount } from '../../support/small-disk';
import { tempFolder } from '../../support/temp-folder';

describeWithDisk('a ledger whose disk cannot be written', () => {
  it('is not called damaged: the disk is read-only', () => {
    const folder = join(tempFolder(), 'data');
    mountSmallDisk(folder, 1024 * 1024);
    openLedgerDatabase(join(folder, 'ledger.db')).close();
    remount(folder, 'ro');
    expect(() => openLedgerDatabase(join(folder, 'ledger.db'))).toThrow(
      expect.objectContaining({ code: 'LEDGER_FAILED', message: expect.stringContaining('read-only') }),
    );
  });

  it('is not called damaged: the disk is full', () => {
    const folder = join(tempFolder(), 'data');
    mountSmallDisk(folder, 16 * 1024);
    expect(() => openLedgerDatabase(join(folder, 'ledger.db'))).toThrow(
      expect.objectContaining({ code: 'LEDGER_FAILED', message: expect.stringContaining('the disk is full') }),
    );
  });
});
