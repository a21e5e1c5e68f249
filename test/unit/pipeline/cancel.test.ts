import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sink } from '../../../src-main/sinks/sink';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';
import { planOf } from '../store/ledger-fixtures';
import { FakeProbe } from './fake-probe';
import { pipelineIn } from './pipeline-in';

/** A sink that does as a test tells it. */
function sinkThat(put: Sink['put']): Sink {
  const ready = { state: 'ready', problem: null, notes: [] } as const;
  return {
    id: 'cleared',
    kind: 'folder',
    describe: () => Promise.resolve(ready),
    put,
    sweep: () => Promise.resolve({ removed: 0 }),
    close: () => Promise.resolve(),
  };
}

/** A gate of real parts besides one probe and one sink, with `count` files of one submission in it. */
async function gateWith(count: number, probe: FakeProbe, put: Sink['put']) {
  const folder = tempFolder();
  const source = join(folder, 'in');
  mkdirSync(source);
  const pipeline = pipelineIn(folder, [probe], { sinks: new Map([['cleared', sinkThat(put)]]) });
  await pipeline.start();
  const { id, guid } = await pipeline.open('test', planOf({ probes: ['one'], required: ['one'] }));
  const files = Array.from({ length: count }, (_, index) => {
    const sourcePath = Buffer.from(join(source, `file-${index}`));
    writeFileSync(sourcePath, `content ${index}`);
    const relativePath = Buffer.from(`file-${index}`);
    return { relativePath, sourcePath, skipped: null, refused: null, identity: null };
  });
  await pipeline.receive(id, files);
  await pipeline.seal(id);
  return { pipeline, id, guid, folder };
}

const goesOut: Sink['put'] = (item) => Promise.resolve({ location: Buffer.from(`/out/${item.submission}`) });

describe('cancelling a submission', () => {
  it('ends all that is undecided, and leaves no staged byte', async () => {
    const endless = new FakeProbe((_item, _context, signal) => {
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const { pipeline, id, guid, folder } = await gateWith(5, endless, goesOut);
    await until('two scans', () => endless.scans === 2, { everyMs: 5 });
    expect(await pipeline.cancel(id)).toBe(5);
    const { ended, settled, waiting, summary } = pipeline.progress(guid);
    expect({ ended, settled, waiting, cancelled: summary.cancelled }).toEqual({
      ended: true,
      settled: 5,
      waiting: 0,
      cancelled: 5,
    });
    const staging = join(folder, 'staging');
    const staged = () => readdirSync(staging).flatMap((name) => readdirSync(join(staging, name)));
    await until('the staged bytes to go', () => staged().length === 0, { everyMs: 5 });
  });

  it('lets what is on its way out arrive, although its first try was cut off', async () => {
    let puts = 0;
    const { pipeline, id, guid } = await gateWith(1, new FakeProbe(), (item, signal) => {
      puts += 1;
      if (puts > 1) return goesOut(item, signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await until('the first try', () => puts === 1, { everyMs: 5 });
    expect(await pipeline.cancel(id)).toBe(0);
    await until('its end', () => pipeline.progress(guid).ended, { everyMs: 20 });
    expect(pipeline.progress(guid).summary).toMatchObject({ clean: 1, cancelled: 0, failed: 0 });
    expect(pipeline.ledger.items.get(1).state).toBe('forwarded');
  });
});
