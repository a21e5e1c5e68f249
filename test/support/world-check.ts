import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PARTIAL_PREFIX } from '../../src-main/base/atomic-file';
import { reportSchema } from '../../src-main/contract/report';
import { SETTLED_STATES } from '../../src-main/contract/states';
import { runCli, type TestGate } from './cli';
import { custodyEvents, filesBelow, type LedgerItem, ledgerItems, sha256Of } from './ledger-view';
import type { S3Server } from './s3-server';

/**
 * What must be true of a gate whose work is over, whatever happened to it on the way: every file has ended, stands where
 * the ledger says, once, with the bytes that were scanned; nothing was forwarded without a verdict of clean before it;
 * every report is whole; nothing half-made is left; log and quarantine verify. No engine may be running.
 * `checkDelivered`: looks at the destination where that is not the gate's outbox.
 */
export async function checkWorld(
  gate: TestGate,
  checkDelivered: (gate: TestGate, items: readonly LedgerItem[]) => void | Promise<void> = checkForwarded,
): Promise<void> {
  const items = ledgerItems(gate.dataDir).filter(({ parent }) => parent === null);
  checkSettled(items);
  await checkDelivered(gate, items);
  checkKept(gate, items);
  checkReports(gate);
  checkNothingHalfMade(gate);
  checkSources(gate, items);
  const [audit, verified] = await Promise.all([
    runCli(['audit', 'verify', ...gate.options]),
    runCli(['quarantine', 'verify', ...gate.options]),
  ]);
  expect.soft(audit.stdout).toContain('intact');
  expect.soft(verified.stdout, verified.stderr).toContain(' 0 damaged');
}

/** How each file may have ended, by its relative path. */
export function checkEnds(gate: TestGate, ends: Readonly<Record<string, readonly string[]>>): void {
  for (const { parent, name, state } of ledgerItems(gate.dataDir)) {
    if (parent === null) expect.soft(ends[name], `${name} is ${state}`).toContain(state);
  }
}

function checkSettled(items: readonly LedgerItem[]): void {
  for (const { name, state, sourcePending } of items) {
    expect.soft(SETTLED_STATES, `${name} is ${state}`).toContain(state);
    expect.soft(sourcePending, `${name}: its source`).toBe(0);
  }
}

function checkForwarded(gate: TestGate, items: readonly LedgerItem[]): void {
  const forwarded = items.filter(({ state }) => state === 'forwarded');
  const inFolders = forwarded.filter(({ destination }) => !isObject(destination));
  const places = inFolders.map(({ destination }) => (destination ?? Buffer.from('nowhere')).toString());
  expect
    .soft(
      filesBelow(gate.outbox)
        .map((name) => join(gate.outbox, name))
        .sort(),
    )
    .toEqual([...places].sort());
  for (const { destination, sha256, name } of inFolders) {
    expect.soft(sha256Of(destination ?? Buffer.from('nowhere')), name).toBe(sha256);
  }
  for (const item of forwarded) checkDecided(gate, item);
}

/** `s3://...`: what lies there is checked by checkBucket. */
function isObject(destination: Buffer | null): boolean {
  return destination?.toString().startsWith('s3://') === true;
}

/** The bucket holds exactly what the ledger says was forwarded there, with the bytes that were scanned, and no upload is left open. */
export async function checkBucket(gate: TestGate, server: S3Server, bucket: string): Promise<void> {
  const objects = ledgerItems(gate.dataDir).filter(
    ({ state, destination }) => state === 'forwarded' && isObject(destination),
  );
  const scanned = new Map(objects.map(({ destination, sha256 }) => [destination?.toString(), sha256]));
  const keys = await server.keys();
  expect.soft(keys.map((key) => `s3://${bucket}/${key}`).sort()).toEqual([...scanned.keys()].sort());
  for (const key of keys) {
    const sha256 = scanned.get(`s3://${bucket}/${key}`);
    expect
      .soft(
        createHash('sha256')
          .update(await server.read(key))
          .digest('hex'),
        key,
      )
      .toBe(sha256);
    expect.soft((await server.metadata(key))['dropgate-sha256'], key).toBe(sha256);
  }
  expect.soft([...server.proxy.uploads.values()]).toEqual([]);
}

/** A forwarded file was decided to be clean before. */
export function checkDecided(gate: TestGate, { id, verdict, name }: LedgerItem): void {
  expect.soft(verdict, name).toBe('clean');
  const events = custodyEvents(gate.dataDir, id);
  expect.soft(events.indexOf('decided'), `${name}: ${events}`).toBeGreaterThanOrEqual(0);
  expect.soft(events.indexOf('decided'), `${name}: ${events}`).toBeLessThan(events.lastIndexOf('forwarded'));
}

/** Quarantine and held hold exactly what the ledger says, each file beside its report. */
function checkKept(gate: TestGate, items: readonly LedgerItem[]): void {
  const quarantine = filesBelow(join(gate.dataDir, 'quarantine'));
  const quarantined = items.filter(({ state }) => state === 'quarantined').length;
  // what was released or deleted leaves its report where it was: the history stays
  const reviewed = items.filter(({ state }) => state === 'released' || state === 'deleted');
  const wasHeld = reviewed.filter(({ id }) => custodyEvents(gate.dataDir, id).includes('held')).length;
  expect.soft(quarantine.filter((name) => name.endsWith('.cart'))).toHaveLength(quarantined);
  expect
    .soft(quarantine.filter((name) => name.endsWith('.report.json')))
    .toHaveLength(quarantined + reviewed.length - wasHeld);
  const held = items.filter(({ state }) => state === 'held');
  // a file whose bytes were never taken has its report alone
  const bytes = held.filter(({ destination }) => destination !== null);
  expect.soft(filesBelow(join(gate.dataDir, 'held'))).toHaveLength(held.length + bytes.length + wasHeld);
}

function checkReports(gate: TestGate): void {
  for (const place of [join(gate.dataDir, 'quarantine'), join(gate.dataDir, 'held')]) {
    for (const name of filesBelow(place).filter((each) => each.endsWith('.report.json'))) {
      const text = readFileSync(join(place, name), 'utf8');
      expect.soft(() => reportSchema.parse(JSON.parse(text)), name).not.toThrow();
    }
  }
}

function checkNothingHalfMade(gate: TestGate): void {
  const staged = filesBelow(join(gate.dataDir, 'staging')).filter((name) => !name.startsWith('canary/'));
  expect.soft(staged).toEqual([]);
  for (const folder of [gate.dataDir, gate.outbox, gate.input]) {
    const partials = filesBelow(folder).filter((name) => name.includes(PARTIAL_PREFIX));
    // a half-made index may be another engine's, and is removed when it is an hour old
    expect.soft(partials.filter((name) => !name.startsWith('indexes/'))).toEqual([]);
  }
}

/** `source: move`: a file that ended somewhere is gone from where it came, one that did not is still there. */
function checkSources(gate: TestGate, items: readonly LedgerItem[]): void {
  const ended = new Map(items.map((item) => [item.name, item.state]));
  for (const name of filesBelow(gate.input)) expect.soft(['cancelled', undefined], name).toContain(ended.get(name));
  for (const [name, state] of ended) {
    if (state === 'cancelled') expect.soft(existsSync(join(gate.input, name)), name).toBe(true);
  }
}
