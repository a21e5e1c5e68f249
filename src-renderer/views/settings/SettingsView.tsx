import { useState } from 'react';
import { useText } from '../../i18n/text';
import { Loaded } from '../../parts/form/Loaded';
import { Page } from '../../parts/Page';
import { SearchField } from '../../parts/SearchField';
import { readConfiguration, useConfiguration } from '../../state/configuration';
import { AboutDropgate } from './AboutDropgate';
import { ConfigurationForm } from './ConfigurationForm';
import { WindowPreferences } from './WindowPreferences';

/**
 * What the window remembers by itself, and every key of dropgate.yaml that has no view of its own. Without an engine, or
 * with a file that cannot be read, the window's own part is there all the same.
 */
export function SettingsView() {
  const say = useText();
  const [search, setSearch] = useState('');
  const { configuration, problem } = useConfiguration();
  const again = () => void readConfiguration();
  const toolbar = <SearchField value={search} onSearch={setSearch} placeholder={say('settings.search')} />;
  if (configuration !== null)
    return (
      <ConfigurationForm
        configuration={configuration}
        problem={problem}
        onRetry={again}
        toolbar={toolbar}
        search={search}
        onSearch={setSearch}
      />
    );
  return (
    <Page title={say('view.settings')} toolbar={toolbar}>
      <div className="flex max-w-180 flex-col gap-6">
        <Loaded value={null} problem={problem} onRetry={again}>
          {() => null}
        </Loaded>
        <WindowPreferences search={search} />
        <AboutDropgate search={search} file={null} />
      </div>
    </Page>
  );
}
