import { Info, ShieldX, TriangleAlert } from 'lucide-react';
import type { Finding } from '../../../src-main/contract/finding';
import { useText } from '../../i18n/text';
import { Chip, type Tone } from '../Chip';
import { Growing } from '../Growing';

const SEVERITIES = {
  malicious: { tone: 'infected', icon: ShieldX },
  suspicious: { tone: 'suspicious', icon: TriangleAlert },
  info: { tone: 'waiting', icon: Info },
} as const satisfies Record<Finding['severity'], { tone: Tone; icon: typeof Info }>;
const ORDER: readonly Finding['severity'][] = ['malicious', 'suspicious', 'info'];

/** What probes reported, the gravest first. `titleOf` names a probe for people. */
export function FindingList({
  findings,
  titleOf,
}: {
  readonly findings: readonly Finding[];
  readonly titleOf: (probe: string) => string;
}) {
  const say = useText();
  if (findings.length === 0) return <p className="py-1 text-muted">{say('parts.noFindings')}</p>;
  const sorted = ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  return (
    <Growing all={sorted}>
      {(shown) => (
        <ul aria-label={say('parts.findings')} className="flex flex-col">
          {shown.map((finding, at) => (
            <li key={`${finding.probe} ${finding.name} ${at}`} className="border-b border-line/60 py-1.5 last:border-0">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Chip tone={SEVERITIES[finding.severity].tone} icon={SEVERITIES[finding.severity].icon}>
                  {say(`severity.${finding.severity}`)}
                </Chip>
                <bdi title={finding.name} className="min-w-0 grow font-medium [overflow-wrap:anywhere]">
                  {say.told(finding.name)}
                </bdi>
                <span className="text-muted">{titleOf(finding.probe)}</span>
              </div>
              {finding.evidence !== undefined && (
                <p className="mt-1 font-mono text-11 text-muted [overflow-wrap:anywhere]">
                  <bdi>{say('parts.evidence', { text: say.told(finding.evidence) })}</bdi>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Growing>
  );
}
