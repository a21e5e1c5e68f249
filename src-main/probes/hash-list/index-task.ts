import { z } from 'zod';
import { constants } from '../../base/files';

/** A pipe in the place of a list must not keep anybody waiting. */
export const LIST_OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What the index child is asked: make sure that there is an index of this list in this folder. */
export const indexTaskSchema = z.object({ listPath: z.string(), folder: z.string() });
export type IndexTask = z.infer<typeof indexTaskSchema>;

const stamp = z.string();

/**
 * What it answers. `stamp` tells the state of the list that the answer is about (see `stampOf`), null when it could
 * not even be opened.
 */
export const indexAnswerSchema = z.discriminatedUnion('kind', [
  /** `built`: false when the index of an earlier start was still right. */
  z.object({ kind: z.literal('indexed'), indexName: z.string(), stamp, built: z.boolean() }),
  z.object({ kind: z.literal('mistake'), line: z.number(), cause: z.string(), stamp }),
  /** Somebody wrote to the list while it was read. */
  z.object({ kind: z.literal('changed') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type IndexAnswer = z.infer<typeof indexAnswerSchema>;

/** Messages of the index child: how far it is in the list, then one answer. */
export const indexMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), bytes: z.number(), ofBytes: z.number() }),
  z.object({ kind: z.literal('answer'), answer: indexAnswerSchema }),
]);
export type IndexMessage = z.infer<typeof indexMessageSchema>;

/** What `stat` with bigints tells of a list. */
export interface ListStat {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** Two stamps differ whenever the list was replaced, written to, or touched. */
export function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: ListStat): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
