import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from 'cfb';
import { detectBytes } from '../../../../../src-main/engine/detect-bytes';
import type { DocumentParser, Piece } from '../../../../../src-main/probes/archive/documents/pieces';
import { FileWindow } from '../../../../../src-main/probes/archive/file-window';
import { findContainer } from '../../../../../src-main/probes/archive/find-container';
import type { Unpacker } from '../../../../../src-main/probes/archive/unpacking/unpacker';
import { EICAR, tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

/** What a python program writes to its standard output; `eicar` and `out(bytes)` are there. */
export function python(program: string): Buffer {
  const start = ['import sys', `eicar = bytes.fromhex('${EICAR.toString('hex')}')`, 'out = sys.stdout.buffer.write'];
  return execFileSync('python3', ['-c', [...start, program].join('\n')], { maxBuffer: 256 * 1024 * 1024 });
}

/** A compound file made by SheetJS' writer, with these streams by path. */
export function compound(streams: Record<string, Buffer | string>): Buffer {
  const made = utils.cfb_new();
  utils.cfb_del(made, '\u0001Sh33tJ5');
  for (const [path, content] of Object.entries(streams)) utils.cfb_add(made, `/${path}`, Buffer.from(content));
  const bytes: unknown = write(made, { type: 'buffer' });
  if (!Buffer.isBuffer(bytes)) throw new Error('no bytes were written');
  return bytes;
}

/** Names of members that are EICAR and nothing more, and how far the scan got. */
export async function eicarIn(bytes: Buffer): Promise<{ eicar: string[]; coverage: string }> {
  const { children, coverage } = await scanArchive(bytes);
  return { eicar: children.filter((child) => child.bytes.equals(EICAR)).map(({ name }) => name), coverage };
}

/** What a parser gives for bytes, in this process; at most `most` bytes are taken. */
export async function piecesOf(parse: DocumentParser, bytes: Buffer, most = 64 * 1024 * 1024): Promise<Taken> {
  return take(parse(bytes, { path: '', size: bytes.length, mime: '', kind: '', passwords: [] }), most);
}

/** As piecesOf, for what reads its file itself. */
export async function piecesOfFile(unpack: Unpacker, bytes: Buffer, most = 64 * 1024 * 1024): Promise<Taken> {
  const path = join(tempFolder(), 'file');
  writeFileSync(path, bytes);
  return take(unpack({ path, size: bytes.length, mime: '', kind: '', passwords: [] }), most);
}

/** What a file is found to be by its content alone, as the probe does it; null: no container. */
export async function kindOf(bytes: Buffer): Promise<string | null> {
  const path = join(tempFolder(), 'file');
  writeFileSync(path, bytes);
  const window = await FileWindow.open(path, bytes.length);
  try {
    return (await findContainer(window, await detectBytes(bytes)))?.kind ?? null;
  } finally {
    await window.close();
  }
}

export interface Taken {
  readonly members: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly notes: readonly string[];
}

async function take(pieces: AsyncIterable<Piece> | Iterable<Piece>, most: number): Promise<Taken> {
  const members: { name: string; bytes: Buffer }[] = [];
  const notes: string[] = [];
  let taken = 0;
  for await (const piece of pieces) {
    if (piece.note !== 'member') {
      notes.push(piece.note);
      continue;
    }
    const parts: Buffer[] = [];
    for await (const part of piece.content instanceof Uint8Array ? [piece.content] : piece.content) {
      taken += part.length;
      if (taken > most) throw new Error('more comes out than is allowed');
      parts.push(Buffer.from(part));
    }
    members.push({ name: Buffer.from(piece.name).toString(), bytes: Buffer.concat(parts) });
  }
  return { members, notes };
}
