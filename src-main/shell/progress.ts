import type { Pulse } from '../contract/pulse';

/** What the task bar shows; `value` -1 for nothing, 2 for "moving, and nobody knows how far". */
export interface TaskbarProgress {
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'indeterminate' | 'paused' | 'error';
}

export function taskbarProgress(pulse: Pulse | null): TaskbarProgress {
  if (pulse?.activity == null) return { value: -1, mode: 'none' };
  const { bytes, settledBytes, files, settled } = pulse.activity;
  const value = bytes > 0 ? settledBytes / bytes : files > 0 ? settled / files : 2;
  if (value > 1) return { value: 2, mode: 'indeterminate' };
  return { value, mode: pulse.paused ? 'paused' : pulse.gate.open ? 'normal' : 'error' };
}
