import { createHash } from 'node:crypto';
import { z } from 'zod';
import { nameOf } from '../../base/display-name';
import { SinkError } from '../../base/errors';
import { type CartHeader, sortedJson } from '../cart/format';

const itemHeaderSchema = z.strictObject({
  /** As it is shown; other CaRT programs use `name` as well. */
  name: z.string(),
  /** Base64 of the true bytes of the name. */
  name_bytes: z.string(),
  /** Base64 of the true bytes of the path below the submission. */
  path_bytes: z.string(),
  dropgate_item: z.string(),
  dropgate_submission: z.string(),
  dropgate_sha256: z.string(),
  /** SHA-256 over all other facts: CaRT's own hashes do not cover its header. */
  dropgate_check: z.string(),
});
/** Facts in front of a stored file: whose it is, and its true name. */
export type ItemHeader = z.infer<typeof itemHeaderSchema>;

export interface HeaderFacts {
  readonly submission: string;
  readonly fileName: Uint8Array;
  readonly relativePath: Uint8Array;
  readonly itemKey: string;
  readonly sha256: string;
}

function checkOf(facts: CartHeader): string {
  return createHash('sha256').update(sortedJson(facts)).digest('hex');
}

export function itemHeader(facts: HeaderFacts): ItemHeader {
  const header = {
    name: nameOf(facts.fileName).display,
    name_bytes: Buffer.from(facts.fileName).toString('base64'),
    path_bytes: Buffer.from(facts.relativePath).toString('base64'),
    dropgate_item: facts.itemKey,
    dropgate_submission: facts.submission,
    dropgate_sha256: facts.sha256,
  };
  return { ...header, dropgate_check: checkOf(header) };
}

/** Throws INTEGRITY when the header is none of ours or was changed. */
export function parseItemHeader(header: CartHeader): ItemHeader {
  const parsed = itemHeaderSchema.safeParse(header);
  if (!parsed.success) throw new SinkError('INTEGRITY', 'the CaRT file has no header of Dropgate');
  const { dropgate_check: check, ...facts } = parsed.data;
  if (check !== checkOf(facts)) throw new SinkError('INTEGRITY', 'the CaRT file is damaged: its header was changed');
  return parsed.data;
}
