import { nameOf } from '../../base/display-name';
import type { Finding, Severity } from '../../contract/finding';
import { shown } from './bad-reply';
import type { Head } from './head';

/** What the server calls something that it found. */
interface Threat {
  readonly name: string;
  readonly severity: Severity;
  /** The field that tells of it, as it stands there. */
  readonly said: string;
}

const MOST = 20;
const LONGEST_NAME = 300;
/** X-Infection-Found, Type: 0 = virus, 1 = a policy for mail was broken, 2 = a container cannot be looked into. */
const VIRUS = '0';
const POLICY = '1';
const MALWARE = { category: 'malware', guidance: ['malware-found'] };
const AGAINST_POLICY = { category: 'policy', guidance: ['suspicious-content'] };

/** What a field means: the name of a threat, as latin1, and its type as X-Infection-Found has it. */
interface Meaning {
  readonly name: string;
  readonly type: string;
}

/**
 * What an answer's fields accuse the file of: X-Infection-Found, X-Violations-Found and X-Virus-ID as
 * draft-stecher-icap-subid-00 has them, X-Blocked-Reason and X-Response-Info as MetaDefender and others do. Any of them is
 * a finding, also one that cannot be read: it stands there for no other reason.
 */
export function findingsIn(heads: readonly Head[], probe: string): Finding[] {
  const read = (field: string, meaning: (value: string) => Meaning[]): Threat[] =>
    heads
      .flatMap(({ fields }) => fields.get(field.toLowerCase()) ?? [])
      .flatMap((value) => meaning(value).map((each) => threatOf(each, `${field}: ${value}`)));
  const threats = [
    read('X-Infection-Found', infection),
    read('X-Violations-Found', violations),
    read('X-Virus-ID', (name) => [{ name, type: VIRUS }]),
    read('X-Blocked-Reason', (name) => [{ name, type: POLICY }]),
    read('X-Response-Info', (name) => (/^block/i.test(name) ? [{ name, type: POLICY }] : [])),
  ].find(({ length }) => length > 0);
  const byName = new Map((threats ?? []).map((each) => [each.name, each]));
  return [...byName.values()].slice(0, MOST).map(({ name, severity, said }) => ({
    probe,
    name,
    severity,
    evidence: `the ICAP server says ${shown(said)}`,
    ...(severity === 'malicious' ? MALWARE : AGAINST_POLICY),
  }));
}

/** `Type=0; Resolution=2; Threat=EICAR-Test;` */
function infection(value: string): Meaning[] {
  const part = (key: string) => new RegExp(`(?:^|;)\\s*${key}\\s*=\\s*([^;]*)`, 'i').exec(value)?.[1]?.trim();
  return [{ name: part('Threat') ?? value, type: part('Type') ?? VIRUS }];
}

/** A count, then four lines for each: the file, the threat, a number of the problem, one of what was done. */
function violations(value: string): Meaning[] {
  const [count = '', ...lines] = value.split('\n');
  if (/^0*$/.test(count.trim()) && lines.length === 0) return [];
  const names = lines.filter((_line, index) => index % 4 === 1);
  return (names.length === 0 ? [value] : names).map((name) => ({ name, type: VIRUS }));
}

/** ClamAV's words for what it only suspects, or could not see, are no accusation. */
function threatOf({ name: latin1, type }: Meaning, said: string): Threat {
  const name = nameOf(Buffer.from(latin1.slice(0, LONGEST_NAME), 'latin1')).display.trim() || 'unnamed';
  const isMalicious = type === VIRUS && !/^(?:PUA|Heuristics)\./.test(name);
  return { name, severity: isMalicious ? 'malicious' : 'suspicious', said };
}
