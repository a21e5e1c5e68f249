import type { ShellParams } from '../../../src-main/contract/shell-schema';
import { useText } from '../../i18n/text';
import { ChoiceField } from '../../parts/fields/ChoiceField';
import { SwitchField } from '../../parts/fields/SwitchField';
import { hasWords } from '../../parts/form/form-search';
import { Loaded } from '../../parts/form/Loaded';
import { FormSection } from '../../parts/form/SchemaGroup';
import { act } from '../../state/act';
import { changePreferences, loadPreferences, type Preferences, usePreferences } from '../../state/preferences';

const NAMES = ['theme', 'language', 'notifications', 'drainOnQuit'] as const;
type Name = (typeof NAMES)[number];
const THEMES = ['system', 'light', 'dark'] as const;
const LANGUAGES = ['system', 'en', 'fr'] as const;

/** Preferences that have the words that are looked for; all of them when their heading has. */
export function usePreferencesFound(search: string): readonly Name[] {
  const say = useText();
  if (hasWords([say('settings.window'), say('settings.windowHelp')], search)) return NAMES;
  return NAMES.filter((name) => hasWords([name, say(`settings.${name}`), say(`settings.${name}Help`)], search));
}

/** What the window remembers by itself: kept at once, beside dropgate.yaml. */
export function WindowPreferences({ search }: { readonly search: string }) {
  const say = useText();
  const { preferences, problem } = usePreferences();
  const found = usePreferencesFound(search);
  if (found.length === 0) return null;
  return (
    <FormSection title={say('settings.window')} description={say('settings.windowHelp')}>
      <Loaded value={preferences} problem={problem} onRetry={() => act(loadPreferences)}>
        {(known) => (
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">
            {found.map((name) => (
              <Preference key={name} name={name} preferences={known} />
            ))}
          </div>
        )}
      </Loaded>
    </FormSection>
  );
}

function Preference({ name, preferences }: { readonly name: Name; readonly preferences: Preferences }) {
  const say = useText();
  const label = say(`settings.${name}`);
  const frame = { label, description: say(`settings.${name}Help`) };
  const change = (changes: ShellParams<'set-preferences'>) => act(() => changePreferences(changes), label);
  switch (name) {
    case 'theme':
      return (
        <ChoiceField
          {...frame}
          value={preferences.theme}
          choices={THEMES.map((theme) => ({ value: theme, title: say(`settings.theme_${theme}`) }))}
          onChange={(chosen) => change({ theme: THEMES.find((theme) => theme === chosen) })}
        />
      );
    case 'language':
      return (
        <ChoiceField
          {...frame}
          value={preferences.language}
          choices={LANGUAGES.map((language) => ({ value: language, title: say(`settings.language_${language}`) }))}
          onChange={(chosen) => change({ language: LANGUAGES.find((language) => language === chosen) })}
        />
      );
    case 'notifications':
      return (
        <SwitchField
          {...frame}
          value={preferences.notifications}
          onChange={(notifications) => change({ notifications })}
        />
      );
    case 'drainOnQuit':
      return (
        <SwitchField {...frame} value={preferences.drainOnQuit} onChange={(drainOnQuit) => change({ drainOnQuit })} />
      );
  }
}
