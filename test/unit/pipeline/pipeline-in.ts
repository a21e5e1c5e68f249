import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { stageFile } from '../../../src-main/intake/stage-file';
import { Pipeline } from '../../../src-main/pipeline/pipeline';
import { HeldStore } from '../../../src-main/sinks/held/store';
import type { Sink } from '../../../src-main/sinks/sink';
import { tempFolder } from '../../support/temp-folder';
import { endingOf, itemIn, LIMITS, newSubmission } from '../store/ledger-fixtures';
import { type FakeProbe, TEXT } from './fake-probe';

/**
 * A pipeline with its ledger, staging and held files in `folder`, which reads files for themselves; `changes` make it
 * another one. Closed with the test.
 */
export function pipelineIn(
  folder: string,
  probes: readonly FakeProbe[],
  changes: { takesFrom?: () => boolean; sinks?: ReadonlyMap<string, Sink> } = {},
): Pipeline {
  const { sinks = new Map<string, Sink>(), ...rest } = changes;
  const held = join(folder, 'held');
  mkdirSync(held, { recursive: true });
  const keeping = new HeldStore(held);
  const pipeline = new Pipeline({
    ledgerFile: join(folder, 'ledger.db'),
    stagingDir: join(folder, 'staging'),
    probes,
    take: (request) => stageFile({ ...request, id: 1 }),
    detectType: () => Promise.resolve(TEXT),
    disposal: { sinks, quarantine: keeping, held: keeping },
    limitsOf: () => LIMITS,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    window: 2,
    program: 'Dropgate test',
    ...rest,
  });
  onTestFinished(async () => {
    await pipeline.scheduler.stop(0);
    await pipeline.close();
  });
  return pipeline;
}

/** A pipeline with a forwarded file whose source waits to be removed and hangs, in a folder on a network. */
export async function pipelineWithHangingSource() {
  const pipeline = pipelineIn(tempFolder(), []);
  const { ledger, sources } = pipeline;
  const submission = await newSubmission(ledger, { source: 'move' });
  await ledger.commit(() => {
    ledger.moves.end('forward', itemIn(ledger, submission, 'disposing'), endingOf({ sourcePending: true }));
  });
  const finish = vi.spyOn(sources, 'finish').mockReturnValue(new Promise(() => undefined));
  return { pipeline, finish };
}
