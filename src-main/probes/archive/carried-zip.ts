import type { FileWindow } from './file-window';
import { type TrialBudget, trialPieces } from './trial-pieces';

const END_SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
const DIRECTORY_SIGNATURE = 0x02014b50;
const MOST_NAME = 4096;
const UNUSED_FLAGS = 0xd780;
/** Methods of APPNOTE 4.4.5. */
const isMethod = (method: number): boolean => method <= 20 || (method >= 93 && method <= 99);

/** A zip's local header (APPNOTE 4.3.7): a version that was ever needed, a method that there is, a name. */
export function fitsZipMember(view: Buffer): boolean {
  if (view.length < 31 || view.readUInt8(4) > 63 || !isMethod(view.readUInt16LE(8))) return false;
  const length = view.readUInt16LE(26);
  if (length === 0 || length > MOST_NAME) return false;
  const name = view.subarray(30, 30 + length);
  // programs that look for zips have the sign too, before data ("00 00") or a branch ("0f 85"): then all must be a zip's
  if (view[5] !== 0) return (view.readUInt16LE(6) & UNUSED_FLAGS) === 0 && name.every((byte) => byte >= 0x20);
  return !name.includes(0) || leadsOn(view, length);
}

/** Whether another record follows the member's content. */
function leadsOn(view: Buffer, name: number): boolean {
  const next = 30 + name + view.readUInt16LE(28) + view.readUInt32LE(18);
  return view.toString('latin1', next, next + 2) === 'PK';
}

/** The length of the zip whose first member is at `start`: up to the end record whose directory says so; infinite when there is none. */
export async function lengthOfZip(window: FileWindow, start: number, budget: TrialBudget): Promise<number> {
  for await (const bytes of trialPieces(window, start, budget)) {
    for (let at = bytes.indexOf(END_SIGNATURE); at >= 0; at = bytes.indexOf(END_SIGNATURE, at + 1)) {
      if (at + END_LENGTH <= bytes.length && endsAt(bytes, at)) return at + END_LENGTH + bytes.readUInt16LE(at + 20);
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether the end record at `at` is of a zip that begins with the bytes. */
function endsAt(bytes: Buffer, at: number): boolean {
  const directory = bytes.readUInt32LE(at + 16);
  if (directory + bytes.readUInt32LE(at + 12) !== at || directory + 4 > at) return false;
  return bytes.readUInt32LE(directory) === DIRECTORY_SIGNATURE;
}
