import { basename, dirname, isAbsolute } from 'node:path';
import sevenZip, { type SevenZipModule, type SevenZipModuleOptions } from '7z-wasm';
import { readIn, writeOut } from '../../child-pipe';

/** Where the folder of the archive appears to 7-Zip. */
const MOUNT = '/archive';
const OUT_BYTES = 64 * 1024;

/**
 * Runs the 7-Zip that comes along with the arguments of 7zz, of which the last one is the archive's path: the same output,
 * exit codes (as the process's) and passwords from standard input. The archive's folder is all of the machine that it sees.
 */
export async function runSevenZip(args: readonly string[]): Promise<void> {
  const out = new ByteOutput();
  const input = new ByteInput();
  const options: Partial<SevenZipModuleOptions> = {
    stdin: () => input.next(),
    stdout: (byte) => out.put(byte),
    printErr: (line) => void process.stderr.write(`${line}\n`),
  };
  const module = await sevenZip(options);
  try {
    module.callMain(mounted(module, args));
  } catch (error) {
    if (!input.ended) throw error;
    // what 7zz says and how it ends when it asks for a password and gets none; here that is an exception without words
    process.stderr.write('Break signaled\n');
    process.exitCode = 255;
  }
  out.flush();
}

/** The arguments, with the archive's path as it is inside. */
function mounted(module: SevenZipModule, args: readonly string[]): string[] {
  const path = args.at(-1) ?? '';
  if (!isAbsolute(path)) return [...args];
  module.FS.mkdir(MOUNT);
  module.FS.mount(module.NODEFS, { root: dirname(path) }, MOUNT);
  return [...args.slice(0, -1), `${MOUNT}/${basename(path)}`];
}

/** Standard input, byte by byte; it is read when the first one is asked for. */
class ByteInput {
  /** More was asked for than there is. */
  ended = false;
  private bytes: Iterator<number> | null = null;

  /** The library's word for the end is null, whatever its types say. */
  next(): number {
    this.bytes ??= readIn().values();
    const { value, done } = this.bytes.next();
    this.ended ||= done === true;
    return done === true ? (null as unknown as number) : value;
  }
}

/** Collects what the library writes byte by byte. */
class ByteOutput {
  private readonly bytes = Buffer.alloc(OUT_BYTES);
  private length = 0;

  /** `byte`: signed or not; the library's word for "flush" is null. */
  put(byte: number | null): void {
    if (byte === null) return;
    this.bytes[this.length] = byte;
    this.length += 1;
    if (this.length === OUT_BYTES) this.flush();
  }

  flush(): void {
    writeOut(this.bytes.subarray(0, this.length));
    this.length = 0;
  }
}
