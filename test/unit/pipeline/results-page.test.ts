import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { Pipeline } from '../../../src-main/pipeline/pipeline';
import { tempFolder } from '../../support/temp-folder';
import { CLEAN, endingOf, LIMITS, planOf, receiveItem, STAGED } from '../store/ledger-fixtures';
import { FakeProbe, TEXT } from './fake-probe';

/** A submission of two clean files that have just ended; the source of the first is still to be removed. */
async function justEnded() {
  const folder = tempFolder();
  const pipeline = new Pipeline({
    ledgerFile: join(folder, 'ledger.db'),
    stagingDir: join(folder, 'staging'),
    probes: [new FakeProbe()],
    take: () => Promise.reject(new Error('nothing is taken')),
    detectType: () => Promise.resolve(TEXT),
    disposal: null,
    limitsOf: () => LIMITS,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    window: 2,
    program: 'Dropgate test',
  });
  onTestFinished(() => pipeline.close());
  const { id, guid } = await pipeline.open('test', planOf());
  const { ledger } = pipeline;
  const ids = await ledger.commit(() =>
    ['first', 'second'].map((name) => {
      const item = receiveItem(ledger, id, name);
      ledger.moves.stageAndStart(item, STAGED);
      ledger.moves.decide(item, CLEAN, { settles: false, problem: null, now: 1 });
      ledger.moves.dispose(item, 'forward');
      ledger.moves.end('forward', item, endingOf({ sourcePending: name === 'first' }));
      return item;
    }),
  );
  return { pipeline, guid, first: ids[0] ?? 0 };
}

it.each([
  { notable: false, shown: ['first', 'second'] },
  { notable: true, shown: ['first'] },
])('a file is told when its source was tried to be removed, with what came of it ($notable)', async (page) => {
  const { pipeline, guid, first } = await justEnded();
  const { ledger } = pipeline;
  const read = (after: number) => pipeline.results(guid, { after, limit: 10, notable: page.notable });
  expect(read(0)).toEqual({ items: [], next: 0 });
  await ledger.commit(() => ledger.marks.sourceNotRemoved(first, 'its folder is read-only'));
  const { items, next } = read(0);
  expect(items.map(({ relativePath }) => relativePath)).toEqual(page.shown);
  expect(items[0]?.problem).toBe('its source could not be removed: its folder is read-only');
  expect(next).toBe(2);
});
