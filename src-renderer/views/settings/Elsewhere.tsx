import { ArrowRight } from 'lucide-react';
import { useText } from '../../i18n/text';
import { FormSection } from '../../parts/form/SchemaGroup';
import { useSchemaWords } from '../../parts/form/schema-words';
import { hashOf, type View } from '../../state/navigation';
import type { SchemaNode } from '../../state/settings-schema';

/** Keys that have a view of their own. */
export const ELSEWHERE: Readonly<Record<string, View>> = {
  watch: 'folders',
  probes: 'probes',
  destinations: 'destinations',
  profiles: 'profiles',
};

/** Leads to the views of keys that are not entered here. */
export function Elsewhere({ entries }: { readonly entries: readonly (readonly [string, SchemaNode])[] }) {
  const say = useText();
  const words = useSchemaWords();
  const known = entries.flatMap(([key, { description }]) => {
    const view = ELSEWHERE[key];
    return view === undefined ? [] : [{ key, view, description }];
  });
  if (known.length === 0) return null;
  return (
    <FormSection title={say('settings.elsewhere')}>
      <ul className="flex flex-col gap-2">
        {known.map(({ key, view, description }) => (
          <li key={key}>
            <a
              href={hashOf({ view, path: [] })}
              className="inline-flex items-center gap-1.5 rounded-sm font-medium text-accent hover:underline"
            >
              {say(`view.${view}`)}
              <ArrowRight size={14} aria-hidden="true" />
            </a>
            {description !== null && <p className="text-11 text-muted">{words.text(description)}</p>}
          </li>
        ))}
      </ul>
    </FormSection>
  );
}
