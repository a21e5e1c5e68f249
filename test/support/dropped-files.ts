import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { BlobReader, TextReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';
import { EICAR } from './temp-folder';

/** A zip whose one member nobody can read without the password. */
export async function writeEncryptedZip(path: string, password: string): Promise<void> {
  const file = createWriteStream(path);
  const ended = new Promise<void>((resolve, reject) => file.once('close', resolve).once('error', reject));
  const zip = new ZipWriter(Writable.toWeb(file), { password, encryptionStrength: 3 });
  await zip.add('secret.txt', new TextReader('nobody sees this without the password\n'));
  await zip.close();
  await ended;
}

/** What a zip holds, by name. */
export async function unzip(path: string, password: string): Promise<ReadonlyMap<string, Buffer>> {
  const reader = new ZipReader(new BlobReader(new Blob([await readFile(path)])), { password });
  const members = new Map<string, Buffer>();
  for (const entry of await reader.getEntries())
    if (!entry.directory) members.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())));
  await reader.close();
  return members;
}

/** A name in an alphabet of its own for each member of the folder. */
export const FOLDER = 'Übergabe 文件';
export const CLEAN_IN_FOLDER = ['résumé.txt', 'ノート.txt', 'تقرير.txt', 'отчёт.txt'] as const;

/** What the tests drop: clean, infected, encrypted, and a folder with names from all over the world. */
export async function writeDrop(folder: string): Promise<readonly string[]> {
  const inside = join(folder, FOLDER);
  mkdirSync(inside, { recursive: true });
  for (const name of CLEAN_IN_FOLDER) writeFileSync(join(inside, name), `the content of ${name}\n`);
  writeFileSync(join(inside, 'böse.com'), EICAR);
  writeFileSync(join(folder, 'letter.txt'), 'Dear Sir or Madam,\nthe goods have arrived.\n');
  writeFileSync(join(folder, 'eicar.com'), EICAR);
  await writeEncryptedZip(join(folder, 'secret.zip'), 'known to nobody here');
  return ['letter.txt', 'eicar.com', 'secret.zip', FOLDER].map((name) => join(folder, name));
}
