import { z } from 'zod';
import { ARCHIVE_FINDINGS } from '../scan-notes';

/** What an unpacker is told about the file that it is to open. */
export const unpackJobSchema = z.object({
  /** Of the staged bytes: read-only, not the file's own name. */
  path: z.string(),
  size: z.number().int().nonnegative(),
  mime: z.string(),
  /** The kind of container, in the words of container-kinds.ts. */
  kind: z.string(),
  /** Passwords of the profile. */
  passwords: z.array(z.string()),
});
export type UnpackJob = z.infer<typeof unpackJobSchema>;

/** What the unpacking child is asked, as a line of JSON. `number`: of the job, for its frames. */
export const unpackRequestSchema = unpackJobSchema.extend({ number: z.int().nonnegative(), unpacker: z.string() });
export type UnpackRequest = z.infer<typeof unpackRequestSchema>;

/**
 * A shortcoming or a finding, named as the method of ScanNotes that takes it. `detail` is a clause that fits after
 * "because"; names of members in it must come escaped (base/display-name.ts).
 */
export const unpackNoteSchema = z.discriminatedUnion('note', [
  z.object({
    note: z.enum(['damaged', 'ambiguous', 'encrypted', 'overLimit', 'unopened']),
    detail: z.string().min(1),
  }),
  z.object({ note: z.literal('found'), finding: z.enum(ARCHIVE_FINDINGS), detail: z.string().min(1) }),
]);
export type UnpackNote = z.infer<typeof unpackNoteSchema>;

export interface UnpackedMember {
  readonly note: 'member';
  /** As it is stored, in bytes; the parent checks whether it leads out. Empty: it has none, and gets one from the file's name. */
  readonly name: Uint8Array;
  /** Pieces of any size, each in memory of its own until the next one is asked for. */
  readonly content: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** True when a password of the profile opened it. */
  readonly decrypted?: boolean;
}

/**
 * Opens one kind of container inside the unpacking child, member by member in their order. What cannot be read is noted
 * (`damaged`), never left out in silence; what it throws is taken as damage too. Memory and time are bounded from
 * outside: the child is killed, and what came out until then counts. The child opens other files afterwards: nothing of this
 * one may be kept, nor go on when it has ended.
 */
export type Unpacker = (job: UnpackJob) => AsyncIterable<UnpackedMember | UnpackNote>;
