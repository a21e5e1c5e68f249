/**
 * Named points where the crash suite ends the process with SIGKILL, as a power cut would: DROPGATE_FAULT_KILL holds
 * `name:phase[:n]`, and the n-th time that point is reached (default the first) the process is gone. `before` lies
 * inside the transaction, `after` behind its commit. Without the variable a point costs one comparison.
 */
export type FaultPhase = 'before' | 'after';

const [armedName, armedPhase, armedCount] = (process.env.DROPGATE_FAULT_KILL ?? '').split(':');
let left = Number(armedCount ?? 1);

export function faultPoint(name: string, phase: FaultPhase): void {
  if (name !== armedName || phase !== armedPhase) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
