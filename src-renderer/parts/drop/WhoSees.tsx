import { Eye } from 'lucide-react';
import { isolated, visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import type { DropPlan } from '../../state/drop-setup';

/** List entries that name the probes which send a file's bytes, or its hash, to somewhere else; none when all are local. */
export function WhoSees({ plan: { seeBytes, seeHash } }: { readonly plan: DropPlan }) {
  const say = useText();
  const named = (titles: readonly string[]) => titles.map((title) => isolated(visibleName(title))).join(', ');
  const lines = [
    ...(seeBytes.length > 0 ? [say('drop.seeBytes', { count: seeBytes.length, names: named(seeBytes) })] : []),
    ...(seeHash.length > 0 ? [say('drop.seeHash', { count: seeHash.length, names: named(seeHash) })] : []),
  ];
  return lines.map((line) => (
    <li key={line} className="flex items-start gap-3">
      <Eye size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-suspicious" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{line}</span>
    </li>
  ));
}
