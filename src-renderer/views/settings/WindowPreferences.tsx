import type { ShellParams } from '../../../src-main/contract/shell-schema';
import { useText } from '../../i18n/text';
import { ChoiceField } from '../../parts/fields/ChoiceField';
import { SwitchField } from '../../parts/fields/SwitchField';
import { FormSection } from '../../parts/form/SchemaGroup';
import { act } from '../../state/act';
import { changePreferences, usePreferences } from '../../state/preferences';

const THEMES = ['system', 'light', 'dark'] as const;
const LANGUAGES = ['system', 'en', 'fr'] as const;

/** What the window remembers by itself: kept at once, beside dropgate.yaml. */
export function WindowPreferences() {
  const say = useText();
  const preferences = usePreferences((state) => state.preferences);
  if (preferences === null) return null;
  const change = (changes: ShellParams<'set-preferences'>) =>
    act(() => changePreferences(changes), say('settings.window'));
  return (
    <FormSection title={say('settings.window')} description={say('settings.windowHelp')}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">
        <ChoiceField
          label={say('settings.theme')}
          value={preferences.theme}
          choices={THEMES.map((theme) => ({ value: theme, title: say(`settings.theme_${theme}`) }))}
          onChange={(chosen) => {
            const theme = THEMES.find((known) => known === chosen);
            if (theme !== undefined) change({ theme });
          }}
        />
        <ChoiceField
          label={say('settings.language')}
          value={preferences.language}
          choices={LANGUAGES.map((language) => ({ value: language, title: say(`settings.language_${language}`) }))}
          onChange={(chosen) => {
            const language = LANGUAGES.find((known) => known === chosen);
            if (language !== undefined) change({ language });
          }}
        />
        <SwitchField
          label={say('settings.notifications')}
          description={say('settings.notificationsHelp')}
          value={preferences.notifications}
          onChange={(notifications) => change({ notifications })}
        />
        <SwitchField
          label={say('settings.drainOnQuit')}
          description={say('settings.drainOnQuitHelp')}
          value={preferences.drainOnQuit}
          onChange={(drainOnQuit) => change({ drainOnQuit })}
        />
      </div>
    </FormSection>
  );
}
