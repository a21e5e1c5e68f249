import { create } from 'zustand';
import type { Pulse } from '../../src-main/contract/pulse';

/** What the engine last told; null before the first word and after the engine is gone. */
const usePulseStore = create<{ readonly pulse: Pulse | null }>()(() => ({ pulse: null }));

/** A part of the pulse; the component renders again only when that part changes. */
export function usePulse<Part>(select: (pulse: Pulse | null) => Part): Part {
  return usePulseStore((state) => select(state.pulse));
}

export function currentPulse(): Pulse | null {
  return usePulseStore.getState().pulse;
}

export function setPulse(pulse: Pulse | null): void {
  usePulseStore.setState({ pulse });
}

export function onPulse(listener: (now: Pulse | null, before: Pulse | null) => void): () => void {
  return usePulseStore.subscribe((now, before) => listener(now.pulse, before.pulse));
}
