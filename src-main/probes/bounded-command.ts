import { findProgram } from '../base/find-program';

/** What a process may use where the system can bound it (Linux: prlimit and setpriv of util-linux). */
export interface Bounds {
  /** Address space; for programs that reserve no more than they use. */
  readonly addressBytes?: number;
  /** Private writable memory; for programs that reserve far more than they use (V8 does). */
  readonly dataBytes?: number;
  readonly cpuSeconds: number;
  /** Size of the largest file that it may write; none at all when left out. */
  readonly fileBytes?: number;
}

/**
 * `command` under its bounds: it dumps no core, and is killed when the thread that started it ends. Where the system has
 * no prlimit it is the command itself.
 */
export function boundedCommand(command: readonly string[], bounds: Bounds): readonly string[] {
  const prlimit = limiter();
  if (prlimit === null) return command;
  const { addressBytes, dataBytes, cpuSeconds, fileBytes = 0 } = bounds;
  const setpriv = findProgram('setpriv');
  return [
    prlimit,
    '--core=0',
    `--fsize=${fileBytes}`,
    `--cpu=${cpuSeconds}`,
    ...(addressBytes === undefined ? [] : [`--as=${addressBytes}`]),
    ...(dataBytes === undefined ? [] : [`--data=${dataBytes}`]),
    ...(setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL']),
    ...command,
  ];
}

/** Whether bounds hold on this machine. */
export const canBound = (): boolean => limiter() !== null;

function limiter(): string | null {
  return process.platform === 'linux' ? findProgram('prlimit') : null;
}
