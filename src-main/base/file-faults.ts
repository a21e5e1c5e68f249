import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/**
 * Faults of the file system that the fault suites order: DROPGATE_FAULT_FILES holds `operation:n:effect[:part]`. The
 * n-th time that this operation (`write`, `fsync`, `rename`, `open`, ..., `*` for every one that changes something) is
 * asked for a path that contains `part`, it fails with the effect, an errno such as `ENOSPC`, or the process is gone
 * (`SIGKILL`). DROPGATE_FAULT_FILES_COUNTED names a folder in which each such call takes the next number as a file, which
 * says what was asked: so all threads and children count together, and the suite sees which calls there were.
 */
export interface FileFaults {
  /** Counts one call. @throws the ordered error, as node:fs throws it, when this call is the n-th. */
  strike(operation: string, path: string): void;
}

/** Operations that `*` means: all that leave something behind. */
const CHANGING = new Set(['open', 'write', 'fsync', 'rename', 'link', 'rm', 'mkdir', 'chmod', 'copyFile', 'truncate']);

/** The ordered faults, null (always, outside of the fault suites) when none are. */
export function orderedFileFaults(env: NodeJS.ProcessEnv): FileFaults | null {
  const [operation, number, effect, ...part] = (env.DROPGATE_FAULT_FILES ?? '').split(':');
  const counted = env.DROPGATE_FAULT_FILES_COUNTED;
  if (operation === undefined || effect === undefined || counted === undefined) return null;
  const wanted = part.join(':');
  const count = counter(counted);
  return {
    strike(asked, path) {
      const isMeant = asked === operation || (operation === '*' && CHANGING.has(asked));
      if (!isMeant || !path.includes(wanted)) return;
      if (count(`${asked} ${path}`) !== Number(number)) return;
      if (effect === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
      throw failure(effect, asked, path);
    },
  };
}

/** Takes the next number for a call, of all threads and processes that count in this folder. */
function counter(folder: string): (call: string) => number {
  let next = 1;
  return (call) => {
    for (;;) {
      const number = next++;
      try {
        writeFileSync(join(folder, String(number)), call, { flag: 'wx' });
        return number;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  };
}

function failure(code: string, syscall: string, path: string): NodeJS.ErrnoException {
  const errno = Object.entries(constants.errno).find(([name]) => name === code)?.[1] ?? 0;
  return Object.assign(new Error(`${code}: ordered by DROPGATE_FAULT_FILES, ${syscall} '${path}'`), {
    code,
    errno: -errno,
    syscall,
    path,
  });
}
