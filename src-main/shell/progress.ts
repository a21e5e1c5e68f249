import { shareOf } from '../contract/progress';
import type { Pulse } from '../contract/pulse';

/** What the task bar shows; `value` -1 for nothing, 2 for "moving, and nobody knows how far". */
export interface TaskbarProgress {
  readonly value: number;
  readonly mode: 'none' | 'normal' | 'indeterminate' | 'paused' | 'error';
}

export function taskbarProgress(pulse: Pulse | null): TaskbarProgress {
  if (pulse?.activity == null) return { value: -1, mode: 'none' };
  if (pulse.activity.files === 0) return { value: 2, mode: 'indeterminate' };
  return { value: shareOf(pulse.activity), mode: pulse.paused ? 'paused' : pulse.gate.open ? 'normal' : 'error' };
}
