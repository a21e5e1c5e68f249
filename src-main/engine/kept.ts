import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../base/clock';
import { nameOf } from '../base/display-name';
import { DropgateError, messageOf } from '../base/errors';
import { lstat, mkdir, rm } from '../base/files';
import { keptName } from '../base/kept-name';
import type { IpcCall, IpcQuestion, IpcResult, KeptItem } from '../contract/ipc-schema';
import { readReport } from '../pipeline/reading/read-report';
import { fileNameOf, resultItem } from '../pipeline/result-view';
import { shareBytes } from '../pipeline/share-bytes';
import type { Item } from '../store/item-row';
import { type EngineParts, keptItem, pathOf } from './parts';

type KeptCall = Extract<IpcCall, `kept-${string}`>;
type KeptHandlers = {
  readonly [Call in KeptCall]: (parts: EngineParts, params: IpcQuestion<Call>) => Promise<IpcResult<Call>>;
};

/** The calls of a review: what is held or quarantined, and what a person decides about it. */
export const KEPT_HANDLERS: KeptHandlers = {
  async 'kept-list'({ pipeline }, { state, after, limit }) {
    const items = pipeline.ledger.items.inState(state, { after, limit });
    return { items: items.map((item) => shown(pipeline, item)), next: items.at(-1)?.id ?? after };
  },

  async 'kept-show'({ pipeline }, { id }) {
    const item = keptItem(pipeline, id);
    const custody = pipeline.ledger.custody.ofItemId(item.id).map(({ seq, at, event, data }) => {
      return { seq, at: new Date(at).toISOString(), event, data };
    });
    return { item: shown(pipeline, item), report: await readReport(item.report), custody };
  },

  async 'kept-restore'(parts, { id, to, reason }) {
    const { item, location, sha256 } = withBytes(parts, id);
    const target = await targetOf(to, item, '');
    const store = item.state === 'held' ? parts.held : parts.quarantine;
    await store.restore(location, { to: target, expectedSha256: sha256 });
    // the kept bytes go only after the release is durable; after a crash in between the next engine removes them
    await decided(parts, id, parts.pipeline.transitions.release(item.id, target, reason), async () => {
      await rm(target, { force: true }); // it was written for nobody
    });
    await store.remove(location, null);
    await removed(parts, item);
    return { path: nameOf(target).display, sha256 };
  },

  async 'kept-delete'(parts, { id, reason }) {
    const item = keptItem(parts.pipeline, id);
    await decided(parts, id, parts.pipeline.transitions.delete(item.id, reason));
    const store = item.state === 'held' ? parts.held : parts.quarantine;
    await store.remove(item.destination, null);
    await removed(parts, item);
    return {};
  },

  async 'kept-export'(parts, { id, to }) {
    const { item, location } = withBytes(parts, id);
    const target = await targetOf(to, item, '.zip');
    const report = (await readReport(item.report)) ?? {};
    if (item.state === 'held') await exportHeld(parts, item, target, report);
    else await parts.quarantine.exportZip(location, target, report);
    await parts.pipeline.transitions.note(item.id, 'exported', { to: target.toString('base64') });
    return { path: nameOf(target).display };
  },

  async 'kept-verify'(parts, { id }) {
    const item = keptItem(parts.pipeline, id);
    if (item.destination === null) return { ok: true, problem: null, sha256: '' };
    const { location, sha256 } = withBytes(parts, id);
    try {
      const store = item.state === 'held' ? parts.held : parts.quarantine;
      await store.verify(location, sha256);
      return { ok: true, problem: null, sha256 };
    } catch (error) {
      return { ok: false, problem: messageOf(error), sha256 };
    }
  },

  async 'kept-rescan'(parts, { id }) {
    const item = keptItem(parts.pipeline, id);
    if (item.state !== 'held') {
      throw new DropgateError(
        'BAD_USAGE',
        `item ${id} is quarantined, not held; restore it and gate it again, or state an exception`,
      );
    }
    if (!(await parts.pipeline.retrier.retry(item))) {
      throw new DropgateError('NOT_FOUND', `the bytes of item ${id} were never taken or are gone; gate the file again`);
    }
    return { submission: parts.pipeline.ledger.submissions.get(item.submissionId).guid };
  },

  async 'kept-except'({ pipeline }, { id, probes, reason, expiresAt }) {
    const item = keptItem(pipeline, id);
    const { sha256 } = item.hashes ?? {};
    if (sha256 === undefined)
      throw new DropgateError('BAD_USAGE', `item ${id} has no bytes, so no exception can name them`);
    const unknown = probes.find((probe) => pipeline.probes.get(probe) === null);
    if (unknown !== undefined) throw new DropgateError('BAD_USAGE', `there is no probe "${unknown}"`);
    const createdAt = systemClock.now();
    const exception = await pipeline.ledger.commit(() => {
      const expires = expiresAt === null ? null : Date.parse(expiresAt);
      pipeline.ledger.custody.append(createdAt, item.id, 'exception', { sha256, probes, reason, expiresAt });
      return pipeline.ledger.exceptions.add({ sha256, probes, reason, createdAt, expiresAt: expires });
    });
    return { exception };
  },
};

/** The file to write: in a folder one of the item's own name. */
async function targetOf(to: string, item: Item, suffix: string): Promise<Buffer> {
  const path = pathOf(to);
  const isFolder = await lstat(path).then(
    (stats) => stats.isDirectory(),
    () => false, // the usual case, a file that is not there yet; anything else is told when it is written
  );
  return isFolder ? Buffer.concat([path, Buffer.from('/'), keptName(fileNameOf(item), suffix)]) : path;
}

/** Where somebody else decided about the item meanwhile, `undo` is done and NOT_FOUND says what became of it. */
async function decided(parts: EngineParts, id: string, step: Promise<void>, undo?: () => Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!(error instanceof DropgateError) || error.code !== 'ILLEGAL_TRANSITION') throw error;
    await undo?.();
    keptItem(parts.pipeline, id);
    throw error;
  }
}

function removed({ pipeline: { ledger } }: EngineParts, item: Item): Promise<void> {
  return ledger.commit(() => ledger.removals.done(item.id));
}

function shown(pipeline: EngineParts['pipeline'], item: Item): KeptItem {
  const submission = pipeline.ledger.submissions.get(item.submissionId).guid;
  const at = item.settledAt === null ? null : new Date(item.settledAt).toISOString();
  return { ...resultItem(pipeline.ledger, item), submission, at };
}

/** The item with the place and the hash of its bytes. Throws NOT_FOUND for one whose bytes were never taken. */
export function withBytes(parts: EngineParts, id: string): { item: Item; location: Buffer; sha256: string } {
  const item = keptItem(parts.pipeline, id);
  if (item.destination === null || item.hashes === null) {
    throw new DropgateError('NOT_FOUND', `the bytes of item ${id} were never taken: ${item.verdict?.sentence ?? ''}`);
  }
  return { item, location: item.destination, sha256: item.hashes.sha256 };
}

/** Held bytes are plain; they are defanged for the moment of the export, as the zip is made from CaRT. */
async function exportHeld(parts: EngineParts, item: Item, target: Buffer, report: object): Promise<void> {
  if (item.destination === null || item.hashes === null) return;
  const folder = join(parts.folder.staging, 'export');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `item-${randomUUID()}`);
  await shareBytes(item.destination, path);
  const { location } = await parts.quarantine.put({
    path,
    submission: parts.pipeline.ledger.submissions.get(item.submissionId).guid,
    fileName: fileNameOf(item),
    relativePath: item.relativePath,
    itemKey: `export-${item.id}`,
    hashes: item.hashes,
  });
  try {
    await parts.quarantine.exportZip(location, target, report);
  } finally {
    await parts.quarantine.remove(location, null);
    await rm(path, { force: true });
  }
}
