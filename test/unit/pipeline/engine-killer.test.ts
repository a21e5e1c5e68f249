import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ProbeReport } from '../../../src-main/contract/probe-report';
import { Ledger } from '../../../src-main/store/ledger';
import { tempFolder } from '../../support/temp-folder';
import { newSubmission, receiveItem, STAGED } from '../store/ledger-fixtures';
import { FakeProbe, FOUND, NOTHING } from './fake-probe';
import { pipelineIn } from './pipeline-in';

/** A gate with a ledger whose engines died `deaths` times with one item alone; its probe `one` had given `report` before. */
async function restarted(report: ProbeReport, deaths = 10) {
  const folder = tempFolder();
  const stagedPath = join(folder, 'staging', 'item');
  mkdirSync(join(folder, 'staging'));
  writeFileSync(stagedPath, 'abc');
  const ledger = new Ledger(join(folder, 'ledger.db'));
  const submission = await newSubmission(ledger);
  const id = await ledger.commit(() => {
    const item = receiveItem(ledger, submission);
    ledger.moves.stageAndStart(item, { ...STAGED, stagedPath });
    for (const probe of ['one', 'two']) ledger.jobs.createLeased(item, probe, true, 1);
    ledger.jobs.end(item, 'one', { kind: 'report', report }, 1, false);
    for (let run = 0; run < deaths; run += 1) ledger.marks.beginAlone(item);
    return item;
  });
  ledger.close();
  const probe = new FakeProbe();
  const pipeline = pipelineIn(folder, [probe, new FakeProbe(() => Promise.resolve(NOTHING), { id: 'two' })]);
  await pipeline.start();
  await pipeline.scheduler.idle();
  return { pipeline, item: pipeline.ledger.items.get(id), probe };
}

it('an item with which alone engines died is held without another look, and not retried by itself', async () => {
  const { pipeline, item, probe } = await restarted(NOTHING);
  expect(item).toMatchObject({ state: 'held', verdict: { kind: 'unverified', rule: 'engine_died' }, runsAlone: 0 });
  expect(pipeline.ledger.jobs.of(item.id).map(({ state }) => state)).toEqual(['done', 'error']);
  expect(await pipeline.retrier.run()).toBe(0);
  expect(probe.scans).toBe(0);
});

it('malware that was found before the engine died is quarantined', async () => {
  const { item } = await restarted(FOUND);
  expect(item).toMatchObject({ state: 'quarantined', verdict: { kind: 'infected', rule: 'malicious_finding' } });
});

it('an item with which alone engines were killed a few times, by whomever, is scanned on', async () => {
  const { item } = await restarted(NOTHING, 9);
  expect(item).toMatchObject({ verdict: { kind: 'clean' }, runsAlone: 0 });
});
