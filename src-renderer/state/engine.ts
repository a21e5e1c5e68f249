import { create } from 'zustand';
import type { EngineState } from '../../src-main/contract/shell-schema';

/** The engine's process as the shell sees it. */
export const useEngine = create<{ readonly state: EngineState }>()(() => ({ state: { kind: 'starting' } }));
