import { useEffect } from 'react';
import { create } from 'zustand';
import { engine } from '../bridge';
import { act } from './act';
import { usePulse } from './pulse';

/** What a probe is called, from its manifest. */
export interface ProbeTitle {
  readonly id: string;
  readonly title: string;
}

interface TitlesState {
  readonly probes: readonly ProbeTitle[];
  /** Revision of the probes that the titles were read at; null: never read. */
  readonly revision: number | null;
}

const useTitles = create<TitlesState>()(() => ({ probes: [], revision: null }));

async function readTitles(revision: number): Promise<void> {
  if (useTitles.getState().revision === revision) return;
  useTitles.setState({ revision });
  const { probes } = await engine('probes', { profile: null, canary: false });
  useTitles.setState({ probes: probes.map(({ id, title }) => ({ id, title })) });
}

/** The probes that there are, with their titles; read once, and again when probes change. */
export function useProbeTitles(): readonly ProbeTitle[] {
  const revision = usePulse((pulse) => pulse?.revision.probes ?? null);
  useEffect(() => {
    // after the engine is gone the next one may have other probes
    if (revision === null) useTitles.setState({ revision: null });
    else act(() => readTitles(revision));
  }, [revision]);
  return useTitles((state) => state.probes);
}

/** Names a probe for people; one that is no longer there keeps its id. */
export function titleAmong(probes: readonly ProbeTitle[]): (probe: string) => string {
  const titles = new Map(probes.map(({ id, title }) => [id, title]));
  return (probe) => titles.get(probe) ?? probe;
}
