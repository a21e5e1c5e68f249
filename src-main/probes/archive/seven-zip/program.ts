import { findProgram } from '../../../base/find-program';
import type { Bounds } from '../../bounded-command';
import { ConfinedProcess } from '../confined-process';
import { UNPACK_BOUNDS, unpackCommand } from '../unpacking/command';
import { AS_SEVEN_ZIP } from '../unpacking/registry';

/** Dictionaries of up to 256 MiB, which 7-Zip's strongest settings write, and what it needs besides. */
const ADDRESS_BYTES = 512 * 1024 * 1024;
const ABOUT_SECONDS = 10;

/** One 7-Zip that can be started. */
export interface SevenZipProgram {
  /** "7-Zip 26.02", or where it comes along: "7-Zip 24.09 (WebAssembly)". */
  readonly version: string;
  readonly command: readonly string[];
  readonly bounds: Omit<Bounds, 'cpuSeconds'>;
  /** Formats it opens, by 7-Zip's names. */
  readonly formats: ReadonlySet<string>;
}

/** The 7-Zips of this machine: `7zz` where it is installed, and the one that comes along for what that one lacks (RAR, in Debian's). */
export class SevenZipPrograms {
  private readonly native: () => Promise<SevenZipProgram | null>;
  private readonly ours: () => Promise<SevenZipProgram | null>;

  /** `name`: of the program that is looked for in PATH, or its path. */
  constructor(name = '7zz') {
    this.native = once(async () => {
      const path = findProgram(name);
      return path === null ? null : about([path], { addressBytes: ADDRESS_BYTES }, '');
    });
    this.ours = once(() => about(unpackCommand(AS_SEVEN_ZIP), UNPACK_BOUNDS, ' (WebAssembly)'));
  }

  /** The one that is used where both can; null when neither starts. */
  async first(): Promise<SevenZipProgram | null> {
    return (await this.native()) ?? (await this.ours());
  }

  /** The one that opens a format of 7-Zip's list; null when none does. */
  async forFormat(format: string): Promise<SevenZipProgram | null> {
    const native = await this.native();
    if (native?.formats.has(format) === true) return native;
    const ours = await this.ours();
    return ours?.formats.has(format) === true ? ours : null;
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  return () => {
    found ??= find();
    return found;
  };
}

/** What a 7-Zip says of itself (`i`); null when it does not run. */
async function about(
  command: readonly string[],
  bounds: SevenZipProgram['bounds'],
  words: string,
): Promise<SevenZipProgram | null> {
  const limits = { ...bounds, cpuSeconds: ABOUT_SECONDS };
  const child = new ConfinedProcess([...command, 'i'], limits, '', AbortSignal.timeout(ABOUT_SECONDS * 1000));
  const text = (await child.output.toArray().catch(() => [])).map(String).join('');
  const { code } = await child.ended;
  const version = /7-Zip[^\n]*? (\d+\.\d+)/.exec(text)?.[1];
  if (code !== 0 || version === undefined) return null;
  // flags of the format, some 23 letters and dots, then its name
  const formats = new Set([...text.matchAll(/^ {3,4}[A-Za-z.+]{20,26} {2}(\S+) /gm)].flatMap(([, name]) => name ?? []));
  return { version: `7-Zip ${version}${words}`, command, bounds, formats };
}
