import type { Readable } from 'node:stream';
import { z } from 'zod';
import { unpackNoteSchema } from './unpacker';

/**
 * What an unpacking child says, on its standard output: frames of one letter, the number of the job that it is about, the
 * length of what follows (both 32 bits, little-endian), and that. `H`: a member begins (JSON), `D`: bytes of it, `E`: it
 * ends, `N`: a note (JSON), `Z`: the whole file was gone through (JSON, how many members there were, and whether the child
 * takes another file). Anything after `Z` before the next job, and an end without it, is a fault.
 */
const FRAME_HEAD = 9;
/** Longest frame of bytes, and of JSON. */
export const MOST_DATA = 256 * 1024;
export const MOST_TEXT = 256 * 1024;

const headSchema = z.object({ name: z.base64(), decrypted: z.boolean() });
const doneSchema = z.object({ members: z.number().int().nonnegative(), takesMore: z.boolean() });
export type MemberHead = z.infer<typeof headSchema>;

export type Frame =
  | { readonly kind: 'head'; readonly head: MemberHead }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'end' }
  | { readonly kind: 'note'; readonly note: z.infer<typeof unpackNoteSchema> }
  | ({ readonly kind: 'done' } & z.infer<typeof doneSchema>);

const LETTERS = { head: 'H', data: 'D', end: 'E', note: 'N', done: 'Z' } as const;

/** The bytes of a frame about this job. Data longer than MOST_DATA is the caller's to cut. */
export function encodeFrame(job: number, frame: Frame): Buffer {
  const body = bodyOf(frame);
  const head = Buffer.alloc(FRAME_HEAD);
  head.write(LETTERS[frame.kind], 'latin1');
  head.writeUInt32LE(job, 1);
  head.writeUInt32LE(body.length, 5);
  return Buffer.concat([head, body]);
}

function bodyOf(frame: Frame): Buffer {
  if (frame.kind === 'data') return frame.bytes;
  if (frame.kind === 'head') return Buffer.from(JSON.stringify(frame.head));
  if (frame.kind === 'note') return Buffer.from(JSON.stringify(frame.note));
  if (frame.kind === 'end') return Buffer.alloc(0);
  return Buffer.from(JSON.stringify({ members: frame.members, takesMore: frame.takesMore }));
}

/** Throws when `body` is not what frames of this letter hold. */
function decodeFrame(letter: string, body: Buffer): Frame {
  if (letter === LETTERS.data) return { kind: 'data', bytes: body };
  if (letter === LETTERS.end && body.length === 0) return { kind: 'end' };
  const text = body.toString('utf8');
  if (letter === LETTERS.head) return { kind: 'head', head: headSchema.parse(JSON.parse(text)) };
  if (letter === LETTERS.note) return { kind: 'note', note: unpackNoteSchema.parse(JSON.parse(text)) };
  if (letter === LETTERS.done) return { kind: 'done', ...doneSchema.parse(JSON.parse(text)) };
  throw new Error('a frame of no known kind');
}

/** Reads the frames of a stream, in order, job after job. */
export class FrameReader {
  private readonly stream: Readable;
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.stream = stream;
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Something came behind the last frame already. */
  get isAhead(): boolean {
    return this.held.length > 0 || this.stream.readableLength > 0;
  }

  /**
   * The next frame, null at the end of the stream. Throws on one that is too long, unknown, cut off or about another job
   * than `job`, and what the stream throws.
   */
  async next(job: number): Promise<Frame | null> {
    for (;;) {
      const frame = this.takeHeld(job);
      if (frame !== null) return frame;
      const chunk = await this.chunks.next();
      if (chunk.done === true) {
        if (this.held.length > 0) throw new Error('a frame is cut off');
        return null;
      }
      this.held = this.held.length === 0 ? chunk.value : Buffer.concat([this.held, chunk.value]);
    }
  }

  private takeHeld(job: number): Frame | null {
    const { held } = this;
    if (held.length < FRAME_HEAD) return null;
    const letter = String.fromCharCode(held[0] ?? 0);
    if (held.readUInt32LE(1) !== job) throw new Error('a frame is about another file');
    const end = FRAME_HEAD + held.readUInt32LE(5);
    if (end - FRAME_HEAD > (letter === LETTERS.data ? MOST_DATA : MOST_TEXT)) throw new Error('a frame is too long');
    if (end > held.length) return null;
    this.held = held.subarray(end);
    return decodeFrame(letter, held.subarray(FRAME_HEAD, end));
  }
}
