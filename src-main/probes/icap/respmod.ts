import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { badReply, shown } from './bad-reply';
import type { ByteSource } from './byte-source';
import { readChunks } from './chunks';
import type { Connection } from './connection';
import type { Content } from './content';
import { type Head, icapStatus, parseHead, readHead, serviceTag, single } from './head';
import type { Done } from './pool';
import { respmodRequest } from './requests';
import { SentBody } from './sent-body';
import type { Target } from './target';

/** What the server made of an HTTP answer that carried the file. */
export interface Returned {
  readonly head: Head;
  readonly status: number;
  readonly size: number;
  readonly sha256: string;
}

/** What the server said about one file. */
export interface Answer {
  readonly status: number;
  readonly head: Head;
  readonly tag: string | null;
  /** Null unless the status is 200. */
  readonly returned: Returned | null;
  /** How much of the file had been sent when it answered: all, or so many bytes; of a preview it wanted no more. */
  readonly sent: {
    readonly part: 'whole' | 'preview' | 'beginning';
    readonly bytes: number;
    /** Of the whole; null of a part. */
    readonly sha256: string | null;
  };
}

/** A block page may be longer than the small file that it stands for. */
const PAGE_BYTES = 1024 * 1024;
const MOST_HTTP_HEAD = 64 * 1024;

/**
 * Has the server look at a file (RESPMOD, RFC 3507 section 4.9), as the body of an HTTP answer that could be anything:
 * a type or a name would be a reason to look less closely. `previewBytes`: so much of it first; null = all of it.
 * Resolves with a whole, well-formed final answer. Rejects with PROBE_BAD_REPLY, ConnectionLost, SOURCE_UNREADABLE,
 * SOURCE_CHANGED.
 */
export async function respmod(
  connection: Connection,
  target: Target,
  content: Content,
  previewBytes: number | null,
  signal: AbortSignal,
): Promise<Done<Answer>> {
  const body = new SentBody(connection, content, signal);
  const { source } = connection;
  try {
    await connection.send([respmodRequest(target, content, previewBytes)]);
    let head: Head | null = null;
    if (previewBytes !== null) {
      await body.sendPreview(previewBytes);
      head = await readHead(source);
      if (icapStatus(head) === 100 && body.sha256 === null) head = null;
    }
    const isPreview = head !== null && body.sha256 === null;
    if (head === null) body.sendRest();
    head ??= await readHead(source);
    const status = icapStatus(head);
    if (status < 200 || status === 206) throw badReply(`"${shown(head.line)}"`);
    if (status === 204 && !/^(?:null-body=0)?$/.test(single(head, 'encapsulated') ?? '')) {
      throw badReply('204 with a body');
    }
    const returned = status === 200 ? await readReturned(source, head, content.size) : null;
    const sent: Answer['sent'] = {
      part: body.sha256 !== null ? 'whole' : isPreview ? 'preview' : 'beginning',
      bytes: body.sent,
      sha256: body.sha256,
    };
    const isReadToItsEnd = status === 200 || status === 204;
    // whoever says two things at once is not believed the first of them
    await setImmediate();
    if (isReadToItsEnd && source.hasMore) throw badReply('more than once');
    const value: Answer = { status, head, tag: serviceTag(head), returned, sent };
    const wantsMore = single(head, 'connection')?.toLowerCase() !== 'close';
    return { value, mayGoOn: isReadToItsEnd && wantsMore && sent.part !== 'beginning' };
  } catch (error) {
    throw body.failure ?? error;
  } finally {
    await body.stop();
  }
}

/** Reads what an answer 200 encapsulates: the head of an HTTP answer, and its body, if any. */
async function readReturned(source: ByteSource, icap: Head, size: number): Promise<Returned> {
  const parts = /^res-hdr=0, ?(res|null)-body=(\d{1,6})$/.exec(single(icap, 'encapsulated') ?? '');
  const length = Number(parts?.[2]);
  if (parts === null || length === 0 || length > MOST_HTTP_HEAD) throw badReply('200 without an HTTP answer');
  const bytes: Buffer[] = [];
  for (let left = length; left > 0; left -= bytes.at(-1)?.length ?? 0) bytes.push(await source.next(left));
  const whole = Buffer.concat(bytes);
  if (whole.indexOf('\r\n\r\n') !== length - 4) throw badReply('an HTTP header without an end');
  const head = parseHead(whole);
  const status = /^HTTP\/1\.[01] (\d{3})(?: .*)?$/.exec(head.line);
  if (status === null) throw badReply(`"${shown(head.line)}" for an HTTP answer`);
  const hash = createHash('sha256');
  let count = 0;
  if (parts[1] === 'res') {
    for await (const piece of readChunks(source, Math.max(size, PAGE_BYTES))) {
      hash.update(piece);
      count += piece.length;
    }
  }
  return { head, status: Number(status[1]), size: count, sha256: hash.digest('hex') };
}
