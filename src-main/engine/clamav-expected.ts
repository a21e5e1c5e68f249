import { findClamdSocket } from '../probes/clamav/probe';
import type { Ledger } from '../store/ledger';
import type { LoadedSettings } from './load-settings';

const SEEN = 'clamd-seen';

/**
 * Whether `required: auto` includes ClamAV: it is configured, or its daemon's socket was found on this machine. Found
 * once, it stays expected for this data folder: a daemon that died must hold files, not be forgotten.
 */
export async function isClamavExpected(loaded: LoadedSettings, ledger: Ledger | null): Promise<boolean> {
  if (loaded.clamavConfigured) return true;
  if (ledger !== null && ledger.meta.get(SEEN) !== null) return true;
  if (findClamdSocket() === null) return false;
  if (ledger !== null) await ledger.commit(() => ledger.meta.set(SEEN, 'yes'));
  return true;
}
