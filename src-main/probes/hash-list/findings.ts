import type { Finding } from '../../contract/finding';
import { CANARY_SHA256 } from './canary';
import { type ConfiguredList, type Listed, titleOf } from './hash-list';

const PROBE_ID = 'hash-list';
const SHORT_HASH_DIGITS = 12;
const MOST_LABEL_CHARACTERS = 80;
const ALGORITHM_NAMES = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const;

/** The finding for an item that a list holds: malicious for a deny list, without effect of its own for an allow list. */
export function findingFor(list: ConfiguredList, listed: Listed): Finding {
  const label = [...(listed.label ?? listed.hex.slice(0, SHORT_HASH_DIGITS))].slice(0, MOST_LABEL_CHARACTERS).join('');
  const common = {
    probe: PROBE_ID,
    name: `${list.kind}-list:${label}`,
    evidence: `${ALGORITHM_NAMES[listed.algorithm]} ${listed.hex} is on the ${titleOf(list)}, line ${listed.line}`,
  };
  return list.kind === 'deny'
    ? { ...common, severity: 'malicious', category: 'hash', guidance: ['denied-file'] }
    : { ...common, severity: 'info', category: 'allow', guidance: [] };
}

/** The finding for the canary. */
export function canaryFinding(): Finding {
  return {
    probe: PROBE_ID,
    name: 'deny-list:canary',
    severity: 'malicious',
    category: 'hash',
    evidence: `SHA-256 ${CANARY_SHA256} is on the built-in deny list`,
    guidance: ['denied-file'],
  };
}
