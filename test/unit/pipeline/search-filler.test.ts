import { describe, expect, it } from 'vitest';
import { SearchFiller } from '../../../src-main/pipeline/search-filler';
import type { Ledger } from '../../../src-main/store/ledger';
import { newSubmission, openLedger } from '../store/ledger-fixtures';
import { SetClock } from './fake-probe';

const NEVER = new AbortController().signal;

/** So many files that ended. */
async function endedFiles(ledger: Ledger, files: number): Promise<void> {
  const submissionId = await newSubmission(ledger);
  const path = Buffer.from('a link');
  const file = { submissionId, relativePath: path, sourcePath: path, now: 1 };
  await ledger.commit(() => {
    for (let n = 0; n < files; n += 1) ledger.moves.skip(file, 'a symbolic link');
  });
}

const fillerOf = (ledger: Ledger, isBusy: () => boolean) => new SearchFiller({ ledger, clock: new SetClock(), isBusy });

describe('files that ended', () => {
  it('are all made ready for searching while nothing else is to be done', async () => {
    const ledger = openLedger();
    await endedFiles(ledger, 450);
    await fillerOf(ledger, () => false).run(NEVER);
    expect(ledger.search?.due()).toBe(0);
  });

  it('wait while other files move, as long as they are not too many', async () => {
    const ledger = openLedger();
    await endedFiles(ledger, 450);
    await fillerOf(ledger, () => true).run(NEVER);
    expect(ledger.search?.due()).toBe(450);
    await endedFiles(ledger, 20_000);
    await fillerOf(ledger, () => true).run(NEVER);
    expect(ledger.search?.due()).toBe(19_850);
  });

  it('wait for the next engine when this one ends', async () => {
    const ledger = openLedger();
    await endedFiles(ledger, 450);
    const ending = new AbortController();
    const looks = { left: 2 };
    const filler = fillerOf(ledger, () => {
      looks.left -= 1;
      if (looks.left === 0) ending.abort();
      return false;
    });
    await filler.run(ending.signal);
    expect(ledger.search?.due()).toBe(50);
    await fillerOf(ledger, () => false).run(NEVER);
    expect(ledger.search?.due()).toBe(0);
  });
});
