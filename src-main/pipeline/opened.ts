import { memberCount, type VerdictInput, type VerdictJob, type VerdictRule } from './verdict-input';

/** The rule of a clean container that a probe called encrypted and that a known password opened. */
export const OPENED: VerdictRule = 'clean_by_opening';

/**
 * Whether a job's only shortcoming, that the item is encrypted, is answered by its members: another required probe
 * unpacked the item completely, a known password opened what was encrypted (here or further in), every member is
 * clean, and the probe that called the item encrypted has seen each of them. False in every doubt.
 */
export function isAnsweredByMembers(job: VerdictJob, input: VerdictInput): boolean {
  if (!job.required || !saysEncrypted(job)) return false;
  const { children, membersSeen } = input;
  const members = memberCount(children);
  const wasEncryptedInside = children.some(({ verdict }) => verdict.rule === OPENED);
  const isOpened = input.jobs.some((other) => {
    if (other === job || !other.required || other.outcome.kind !== 'report') return false;
    const { coverage, unpacked } = other.outcome.report;
    if (coverage.kind !== 'complete' || unpacked === undefined) return false;
    return unpacked.members === members && (unpacked.decrypted > 0 || wasEncryptedInside);
  });
  return (
    isOpened && children.every(({ verdict }) => verdict.kind === 'clean') && membersSeen.get(job.probe) === members
  );
}

/** Whether a probe saw nothing wrong but that the item, or a part of it, is encrypted. */
export function saysEncrypted({ outcome }: Pick<VerdictJob, 'outcome'>): boolean {
  if (outcome.kind !== 'report') return false;
  const { coverage } = outcome.report;
  return coverage.kind === 'incomplete' && coverage.reason === 'encrypted';
}
