import { create } from 'zustand';
import type { IpcResult, ProbeStatus } from '../../src-main/contract/ipc-schema';
import { engine } from '../bridge';

export type Canary = NonNullable<ProbeStatus['canary']>;

interface CanariesState {
  /** What each probe did with its test file when it was tested last from this window, by id. */
  readonly results: ReadonlyMap<string, Canary>;
  /** Probes that are being tested. */
  readonly testing: ReadonlySet<string>;
}

export const useCanaries = create<CanariesState>()(() => ({ results: new Map(), testing: new Set() }));

/** Gives these probes their test files, one after the other, so that each result is seen at once. Throws CallError. */
export async function testProbes(ids: readonly string[], profile: string | null): Promise<IpcResult<'probes'> | null> {
  useCanaries.setState(({ testing }) => ({ testing: new Set([...testing, ...ids]) }));
  const left = [...ids];
  let answer: IpcResult<'probes'> | null = null;
  try {
    for (const id of ids) {
      answer = await engine('probes', { profile, canary: true, only: id });
      const status = answer.probes.find((probe) => probe.id === id);
      left.shift();
      useCanaries.setState(({ results, testing }) => ({
        results: withResult(results, id, status?.canary ?? null),
        testing: new Set([...testing].filter((other) => other !== id)),
      }));
    }
    return answer;
  } finally {
    useCanaries.setState(({ testing }) => ({ testing: new Set([...testing].filter((id) => !left.includes(id))) }));
  }
}

/** A probe that was not ready has no new result, and its old one says nothing any more. */
function withResult(results: ReadonlyMap<string, Canary>, id: string, canary: Canary | null): Map<string, Canary> {
  const next = new Map(results);
  if (canary === null) next.delete(id);
  else next.set(id, canary);
  return next;
}
