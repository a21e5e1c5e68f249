import { useState } from 'react';
import { useText } from '../../i18n/text';
import { FilteredAway } from '../../parts/FilteredAway';
import { FormPage } from '../../parts/form/FormPage';
import { isSought } from '../../parts/form/form-search';
import { Loaded } from '../../parts/form/Loaded';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { useSchemaWords } from '../../parts/form/schema-words';
import { Hash } from '../../parts/Hash';
import { SearchField } from '../../parts/SearchField';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { usePreferences } from '../../state/preferences';
import type { Path } from '../../state/settings-tree';
import { ELSEWHERE, Elsewhere } from './Elsewhere';
import { WindowPreferences } from './WindowPreferences';

const WHOLE_FILE: Path = [];

/** Every key of dropgate.yaml that has no view of its own, and what the window remembers by itself. */
export function SettingsView() {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Form configuration={known} />}
    </Loaded>
  );
}

function Form({ configuration }: { readonly configuration: Configuration }) {
  const say = useText();
  const words = useSchemaWords();
  const [search, setSearch] = useState('');
  const draft = useDraft('settings', WHOLE_FILE, configuration);
  const { schema, file } = configuration;
  const skip = Object.keys(ELSEWHERE);
  const found = [...schema.properties].filter(([key, form]) => isSought(form, [key], search, words));
  const isWindowSought = search.trim() === '' || say('settings.window').toLowerCase().includes(search.toLowerCase());
  return (
    <FormPage
      title={say('view.settings')}
      isInner={false}
      draft={draft}
      search={search}
      toolbar={<SearchField value={search} onSearch={setSearch} placeholder={say('settings.search')} />}
    >
      {isWindowSought && <WindowPreferences />}
      {found.some(([key]) => !skip.includes(key)) && (
        <FormSection title={say('settings.gateway')} description={say('settings.file', { file })}>
          <SchemaGroup node={schema} path={WHOLE_FILE} skip={skip} />
        </FormSection>
      )}
      <Elsewhere entries={found} />
      {found.length === 0 && !isWindowSought && <FilteredAway filter={search} onClear={() => setSearch('')} />}
      {search.trim() === '' && <About />}
    </FormPage>
  );
}

function About() {
  const say = useText();
  const about = usePreferences((state) => state.about);
  if (about === null) return null;
  return (
    <FormSection title={say('settings.about')}>
      <p className="text-muted">
        {say('settings.version', { version: about.version, electron: about.electron, platform: about.platform })}
      </p>
      <Hash value={about.dataDir} label={say('settings.dataDir')} whole />
    </FormSection>
  );
}
