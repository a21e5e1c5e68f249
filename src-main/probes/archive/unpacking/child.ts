import { nameOf } from '../../../base/display-name';
import { messageOf } from '../../../base/errors';
import { LineInput, writeOut } from '../../child-pipe';
import { endWithParent } from '../../orphan-watch';
import { USED_BEFORE } from './command';
import { encodeFrame, type Frame, MOST_DATA } from './frames';
import { AS_SEVEN_ZIP, UNPACKERS } from './registry';
import { type UnpackedMember, type Unpacker, type UnpackRequest, unpackRequestSchema } from './unpacker';

/**
 * The unpacking child: opens one file after the other with the unpackers that it is asked for, and says what comes out as
 * frames, until its input ends. It ends at the first file that goes wrong. As `7zip` it is 7-Zip, and speaks as that does.
 */

async function unpackerOf(name: string): Promise<Unpacker> {
  const found = Object.entries(UNPACKERS).find(([known]) => known === name);
  if (found === undefined) throw new Error(`there is no unpacker ${name}`);
  return found[1]();
}

type Send = (frame: Frame) => void;

async function sendMember({ name, content, decrypted = false }: UnpackedMember, send: Send): Promise<void> {
  send({ kind: 'head', head: { name: Buffer.from(name).toString('base64'), decrypted } });
  for await (const piece of content instanceof Uint8Array ? [content] : content) {
    for (let at = 0; at < piece.length; at += MOST_DATA) {
      const part = piece.subarray(at, at + MOST_DATA);
      send({ kind: 'data', bytes: Buffer.from(part.buffer, part.byteOffset, part.length) });
    }
  }
  send({ kind: 'end' });
}

/**
 * Resolves with how many members came out. What goes wrong in the middle of a member leaves it without its end, and the
 * file without its `done`.
 */
async function unpack(request: UnpackRequest, send: Send): Promise<number> {
  const unpacker = await unpackerOf(request.unpacker);
  let members = 0;
  for await (const unpacked of unpacker(request)) {
    if (unpacked.note !== 'member') {
      send({ kind: 'note', note: unpacked });
      continue;
    }
    await sendMember(unpacked, send);
    members += 1;
  }
  return members;
}

/** Whether the next file finds nearly as much of everything as the first one did. */
function takesMore(files: number): boolean {
  const { heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return (
    files < USED_BEFORE.files &&
    heapTotal + external < USED_BEFORE.keptBytes &&
    user + system < USED_BEFORE.cpuSeconds * 1e6
  );
}

async function serve(): Promise<void> {
  const input = new LineInput();
  let files = 0;
  for (let lines = input.next(); lines !== null; lines = input.next()) {
    for (const line of lines) {
      const request = unpackRequestSchema.parse(JSON.parse(line));
      const send = (frame: Frame) => writeOut(encodeFrame(request.number, frame));
      const members = await unpack(request, send);
      files += 1;
      const isReady = takesMore(files);
      send({ kind: 'done', members, takesMore: isReady });
      if (!isReady) return;
    }
  }
}

async function main(): Promise<void> {
  // on Linux the system ends it with its parent (see ConfinedProcess), and a second thread would reserve as much memory again
  if (process.platform !== 'linux') await endWithParent();
  const [task, ...args] = process.argv.slice(2);
  if (task !== AS_SEVEN_ZIP) return serve();
  const { runSevenZip } = await import('./seven-zip-wasm');
  await runSevenZip(args);
}

main().then(
  () => process.exit(), // with the code that 7-Zip has set
  (error: unknown) => {
    process.stderr.write(`${nameOf(Buffer.from(messageOf(error))).display}\n`, () => process.exit(1));
  },
);
