import type { ProbeHealth } from '../contract/probe-report';

/** The health of a probe that is not ready, and why; nothing else is known of it. */
export function notReady(problem: string, engineVersion: string | null = null): ProbeHealth {
  return {
    state: 'not_ready',
    problem,
    engineVersion,
    databaseVersion: null,
    databaseDate: null,
    signatures: null,
    maxBytes: null,
    notes: [],
  };
}
