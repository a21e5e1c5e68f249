import type { z } from 'zod';
import { writeFileAtomic } from '../base/atomic-file';
import { errnoOf, messageOf } from '../base/errors';
import { readFileSync, renameSync } from '../base/files';

/**
 * A small document of the shell's own: private (0600), written whole or not at all, read once. One that cannot be
 * understood is put aside as `<name>.broken`, said, and begun anew.
 */
export class PrivateJson<Schema extends z.ZodType> {
  private readonly file: string;
  private value: z.output<Schema>;
  private writing: Promise<void> = Promise.resolve();

  /** `schema` must take `{}` and fill in what is missing. */
  constructor(file: string, schema: Schema, warn: (text: string) => void) {
    this.file = file;
    this.value = readOrBegin(file, schema, warn);
  }

  get(): z.output<Schema> {
    return this.value;
  }

  /** Resolves when it is on disk; later ones wait for earlier ones. */
  set(value: z.output<Schema>): Promise<void> {
    this.value = value;
    const text = `${JSON.stringify(value, null, 2)}\n`;
    const write = () => writeFileAtomic(this.file, (handle) => handle.writeFile(text), { mode: 0o600 });
    const written = this.writing.then(write);
    this.writing = written.catch(() => undefined); // told to the one who asked; the next write is tried all the same
    return written;
  }
}

function readOrBegin<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  warn: (text: string) => void,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') {
      warn(`${file} cannot be read and was put aside as ${file}.broken: ${messageOf(error)}`);
      putAside(file, warn);
    }
    return schema.parse({});
  }
}

function putAside(file: string, warn: (text: string) => void): void {
  try {
    renameSync(file, `${file}.broken`);
  } catch (error) {
    warn(`${file} cannot be put aside: ${messageOf(error)}`);
  }
}
