import { assertNever } from '../base/assert-never';
import type { UnverifiedReason, Verdict } from '../contract/verdict';
import type { Target } from '../store/item-row';

/** Where an item goes, by its verdict alone: only `clean` is forwarded. */
export function dispositionFor(verdict: Verdict): Target {
  switch (verdict.kind) {
    case 'clean':
      return 'forward';
    case 'suspicious':
    case 'infected':
      return 'quarantine';
    case 'unverified':
      return 'hold';
    default:
      return assertNever(verdict);
  }
}

/**
 * Whether an item that is held for `reason` may be put back to work without a person, once its cause is gone: the
 * probe is back (`probe_missing`, `probe_error`), or its engine, its database or a limit is another one (the others).
 * Never for what lies in the file's own past: `changed` and `unreadable` have no whole bytes to look at again (a watched
 * folder's file may be taken again: untaken.ts), and `cancelled` was a person's will.
 */
export function mayRetryHeld(reason: UnverifiedReason): boolean {
  switch (reason) {
    case 'probe_missing':
    case 'probe_error':
    case 'timeout':
    case 'encrypted':
    case 'limit_exceeded':
    case 'unsupported':
    case 'partial':
      return true;
    case 'changed':
    case 'unreadable':
    case 'cancelled':
      return false;
    default:
      return assertNever(reason);
  }
}

/** An analyst's word that what the named probes find in one content is wrong. `expiresAt` in ms since 1970; null = never. */
export interface AnalystException {
  readonly probes: readonly string[];
  readonly reason: string;
  readonly expiresAt: number | null;
}

/** The exceptions for exactly this content that still hold at `now` (ms since 1970). An expiry ends at its very moment. */
export function activeExceptions<T extends AnalystException & { readonly sha256: string }>(
  exceptions: readonly T[],
  sha256: string,
  now: number,
): T[] {
  return exceptions.filter(
    (exception) => exception.sha256 === sha256 && (exception.expiresAt === null || exception.expiresAt > now),
  );
}

/** The first exception that names the probe, or null. Names are compared exactly; there is no wildcard. */
export function exceptionFor<T extends AnalystException>(exceptions: readonly T[], probe: string): T | null {
  return exceptions.find(({ probes }) => probes.includes(probe)) ?? null;
}
