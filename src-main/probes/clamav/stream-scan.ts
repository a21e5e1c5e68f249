import { ProbeError } from '../../base/errors';
import { type Answer, readAnswer } from './answer';
import { Conversation } from './conversation';
import type { Target } from './target';

const END = Buffer.alloc(4);

/**
 * Sends bytes to clamd (INSTREAM: chunks of a 4-byte big-endian length and as many bytes, ended by length 0; man clamd)
 * and reads what it says of them. Memory: one piece. Bytes that are not exactly `size` are SOURCE_CHANGED.
 */
export async function scanStream(
  target: Target,
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  size: number,
  signal: AbortSignal,
): Promise<Answer> {
  const conversation = await Conversation.open(target, signal);
  try {
    await conversation.send(Buffer.from('zINSTREAM\0'));
    let sent = 0;
    for await (const piece of pieces) {
      if (piece.length === 0) continue;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      sent += piece.length;
      if (sent > size || !(await conversation.send(length, piece))) break;
    }
    const answered = !(await conversation.send());
    if (!answered) {
      signal.throwIfAborted();
      if (sent !== size) {
        throw new ProbeError('SOURCE_CHANGED', 'the staged file does not have the size it was hashed with');
      }
      await conversation.send(END);
    }
    const answer = readAnswer(await conversation.reply, 'stream');
    // an answer before the end is a refusal, or about bytes that clamd has not seen
    if (answered && answer.kind !== 'refused') {
      throw new ProbeError('PROBE_BAD_REPLY', 'clamd answered before it had the whole file');
    }
    return answer;
  } finally {
    conversation.close();
  }
}
