import { ChevronRight } from 'lucide-react';
import { useText } from '../../i18n/text';
import { FormSection } from '../../parts/form/SchemaGroup';
import { useSchemaWords } from '../../parts/form/schema-words';
import { hashOf } from '../../state/navigation';
import type { KeyElsewhere } from './keys-elsewhere';

/** How many of the keys that were found are named. */
const NAMED = 4;

/** Where the rest of dropgate.yaml is set up. */
export function OtherViews({ keys }: { readonly keys: readonly KeyElsewhere[] }) {
  const say = useText();
  if (keys.length === 0) return null;
  return (
    <FormSection title={say('settings.elsewhere')}>
      <ul className="-mx-2 flex flex-col">
        {keys.map((entry) => (
          <li key={entry.key}>
            <KeyRow entry={entry} />
          </li>
        ))}
      </ul>
    </FormSection>
  );
}

function KeyRow({ entry: { view, node, found, problems } }: { readonly entry: KeyElsewhere }) {
  const say = useText();
  const words = useSchemaWords();
  const named = found.slice(0, NAMED).join(', ');
  const keys = found.length > NAMED ? say('parts.andMore', { names: named, count: found.length - NAMED }) : named;
  return (
    <a
      href={hashOf({ view, path: [] })}
      draggable={false}
      className="flex items-center gap-3 rounded-sm px-2 py-1.5 text-text no-underline transition-colors hover:bg-hover"
    >
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium">{say(`view.${view}`)}</span>
        <span className="text-muted [overflow-wrap:anywhere]">
          {found.length > 0 ? say('settings.found', { keys }) : words.text(node.description ?? '')}
        </span>
        {problems.map((problem) => (
          <span key={problem} className="text-infected [overflow-wrap:anywhere]">
            <bdi>{problem}</bdi>
          </span>
        ))}
      </span>
      <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-muted" />
    </a>
  );
}
