import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 50;
const KIB_IN_MIB = 1024;
/** Of Linux, for programs, whatever the kernel itself counts in. */
const TICKS_A_SECOND = 100;

/** A line of /proc that is gone with its process is no error: it ended between two looks. */
function readGone(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return null;
    throw error;
  }
}

/** What a process and its ended children used, of a line of /proc/PID/stat (proc_pid_stat(5), fields 14 to 17). */
function ticksOf(fields: readonly string[]): number {
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

/** The process and all below it, with the ticks that each has used. */
function treeOf(root: number): Map<number, number> {
  const ticks = new Map<number, number>();
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readGone(`/proc/${name}/stat`);
    if (stat === null) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const parent = Number(fields[1]);
    ticks.set(Number(name), ticksOf(fields));
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return new Map(tree.map((pid) => [pid, ticks.get(pid) ?? 0]));
}

/** Proportional set size: what processes share is counted once. */
function shareOf(pid: number): number {
  const rollup = readGone(`/proc/${pid}/smaps_rollup`);
  return Number(/^Pss:\s+(\d+)/m.exec(rollup ?? '')?.[1] ?? 0) / KIB_IN_MIB;
}

/**
 * Watches the memory and the processor time of a process and of all below it together, sampled. `peakMiB()` ends the
 * watch and gives the most that was seen. Linux only.
 */
export function watchTree(root: number): { peakMiB(): number; cpuSeconds(): number } {
  let peak = 0;
  let ticks = 0;
  const look = () => {
    const tree = treeOf(root);
    const together = [...tree.keys()].reduce((sum, pid) => sum + shareOf(pid), 0);
    const used = [...tree.values()].reduce((sum, each) => sum + each, 0);
    peak = Math.max(peak, together);
    ticks = Math.max(ticks, used);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    peakMiB() {
      clearInterval(timer);
      return Math.round(peak);
    },
    cpuSeconds: () => ticks / TICKS_A_SECOND,
  };
}
