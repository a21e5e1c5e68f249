import { useEffect, useState } from 'react';
import type { SubmissionRow } from '../../../src-main/contract/item-view';
import { engine, messageOf } from '../../bridge';
import { usePulse } from '../../state/pulse';

const SHOWN = 5;
const CALM_MS = 500;

interface Latest {
  /** Null until they were read once. */
  readonly rows: readonly SubmissionRow[] | null;
  readonly problem: string | null;
  readonly total: number;
}

const NOTHING: Latest = { rows: null, problem: null, total: 0 };

/** The newest submissions, read again when files move, one reading after the other. */
export function useLatestDrops(): Latest {
  const [latest, setLatest] = useState(NOTHING);
  const revision = usePulse((pulse) => pulse && `${pulse.pid} ${pulse.revision.items}`);
  const [read, setRead] = useState<string | null>(null);
  const due = revision !== null && revision !== read;
  useEffect(() => {
    if (!due) return;
    const end = new AbortController();
    const timer = setTimeout(
      async () => {
        const next = await readLatest(revision);
        if (end.signal.aborted) return;
        setLatest((before) => (next.rows === null ? { ...before, problem: next.problem } : next));
        setRead(next.revision);
      },
      read === null ? 0 : CALM_MS,
    );
    return () => {
      end.abort();
      clearTimeout(timer);
    };
    // while a reading is due, later revisions wait for it
  }, [due, read]);
  return latest;
}

async function readLatest(revision: string | null): Promise<Latest & { readonly revision: string | null }> {
  try {
    const { rows, total } = await engine('submissions', { offset: 0, limit: SHOWN, open: false });
    return { rows, total, problem: null, revision };
  } catch (error) {
    return { ...NOTHING, problem: messageOf(error), revision };
  }
}
