// Processor time and memory of processes, from /proc. Linux only.
import { readFileSync } from 'node:fs';

/** A tick of /proc/<pid>/stat; the same on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

function fieldsOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' '); // the name may hold anything; field 3 of proc(5) is first here
}

/** Seconds of processor time, user and system, that a process used so far with all its threads, without its children. */
export function processorSeconds(pid) {
  const fields = fieldsOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** As processorSeconds, of all children of this process that have ended and were waited for. */
export function endedChildrenSeconds() {
  const fields = fieldsOf('self');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
}

/** Resident memory in MiB: now, and the most it ever was. */
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { nowMiB: mib('VmRSS'), mostMiB: mib('VmHWM') };
}
