import { messageOf } from '../base/errors';
import { closeSync, fstatSync, rmSync } from '../base/files';
import { CopyFailed, openCopy, writeCopy } from './copy-file';
import { detectType, HEAD_BYTES } from './file-type';
import { digests, identityOf } from './stage-file';
import type { StageAnswer, StageRequest } from './stage-protocol';

/**
 * Writes bytes that are in memory to a private copy, hashed and typed as they are written: what small members of
 * archives need. Never throws; the copy exists and is whole only when the answer is `staged`.
 */
export async function stageBytes(request: StageRequest, content: Uint8Array): Promise<StageAnswer> {
  const { destination, maxBytes } = request;
  if (destination === null) return { kind: 'failed', message: 'bytes in memory need a place to be written to' };
  if (content.length > maxBytes) {
    const detail = `it has ${content.length} bytes, more than the ${maxBytes} that limits.fileBytes allows`;
    return { kind: 'problem', problem: { reason: 'limit_exceeded', detail } };
  }
  try {
    return await write(request, destination, content);
  } catch (error) {
    if (error instanceof CopyFailed) return { kind: 'failed', message: error.message };
    return { kind: 'failed', message: `the private copy ${destination} cannot be made: ${messageOf(error)}` };
  }
}

async function write(request: StageRequest, destination: string, content: Uint8Array): Promise<StageAnswer> {
  const copy = openCopy(destination);
  let isWhole = false;
  try {
    writeCopy(copy, content, destination);
    const sums = digests(request.allHashes);
    sums.update(content);
    const identity = identityOf(fstatSync(copy, { bigint: true }));
    const read = (offset: number, length: number) => content.subarray(offset, offset + length);
    const head = Buffer.from(content.subarray(0, HEAD_BYTES));
    const type = request.detectType ? await detectType({ head, size: content.length, read }) : null;
    isWhole = true;
    return { kind: 'staged', identity, size: content.length, hashes: sums.hashes(), type };
  } finally {
    closeSync(copy);
    if (!isWhole) rmSync(destination, { force: true });
  }
}
