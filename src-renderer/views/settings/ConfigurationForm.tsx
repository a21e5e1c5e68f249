import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import { FilteredAway } from '../../parts/FilteredAway';
import { FormPage } from '../../parts/form/FormPage';
import { useForm } from '../../parts/form/form-context';
import { isSought } from '../../parts/form/form-search';
import { Loaded } from '../../parts/form/Loaded';
import { SchemaField } from '../../parts/form/SchemaField';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { useSchemaWords } from '../../parts/form/schema-words';
import type { Configuration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { isGroup, type SchemaNode } from '../../state/settings-schema';
import { isSame, type Path, startsWith, valueAt } from '../../state/settings-tree';
import { AboutDropgate, useAboutIsSought } from './AboutDropgate';
import { ELSEWHERE, keysElsewhere } from './keys-elsewhere';
import { OtherViews } from './OtherViews';
import { usePreferencesFound, WindowPreferences } from './WindowPreferences';

const WHOLE_FILE: Path = [];
const DATA_FOLDER = 'dataDir';

/** All of the settings over one draft of the file. */
export function ConfigurationForm({
  configuration,
  problem,
  onRetry,
  toolbar,
  search,
  onSearch,
}: {
  readonly configuration: Configuration;
  /** What was wrong when the file was read last. */
  readonly problem: string | null;
  readonly onRetry: () => void;
  readonly toolbar: ReactNode;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}) {
  const say = useText();
  const words = useSchemaWords();
  const draft = useDraft('settings', WHOLE_FILE, configuration);
  const { file, schema } = configuration;
  const others = keysElsewhere(schema, search, words, draft.problems);
  const own = [...schema.properties].filter(([key]) => !ELSEWHERE.has(key));
  const [fields, groups] = [own.filter(([, node]) => !isGroup(node)), own.filter(([, node]) => isGroup(node))];
  const isShown = ([key, node]: [string, SchemaNode]) =>
    isSought(node, [key], search, words) || draft.problems.some(({ path }) => startsWith(path, [key]));
  const isNothingFound = [
    usePreferencesFound(search).length === 0,
    !useAboutIsSought(search),
    !own.some(isShown),
    others.length === 0,
  ].every(Boolean);
  const names = (keys: typeof own) => [...ELSEWHERE.keys(), ...keys.map(([key]) => key)];
  return (
    <FormPage title={say('view.settings')} draft={draft} search={search} toolbar={toolbar} isInner={false}>
      <Loaded value={true} problem={problem} onRetry={onRetry}>
        {() => null}
      </Loaded>
      {isNothingFound && <FilteredAway filter={search} onClear={() => onSearch('')} />}
      <WindowPreferences search={search} />
      {fields.some(isShown) && (
        <FormSection title={say('settings.gateway')} description={say('settings.writtenTo', { file })}>
          <SchemaGroup
            node={schema}
            path={WHOLE_FILE}
            skip={names(groups)}
            instead={{ [DATA_FOLDER]: (node, path) => <DataFolder node={node} path={path} /> }}
          />
        </FormSection>
      )}
      {groups.some(isShown) && <SchemaGroup node={schema} path={WHOLE_FILE} skip={names(fields)} />}
      <OtherViews keys={others} />
      <AboutDropgate search={search} file={file} />
    </FormPage>
  );
}

/** Another data folder is another gateway: said before it is saved. */
function DataFolder({ node, path }: { readonly node: SchemaNode; readonly path: Path }) {
  const say = useText();
  const { draft } = useForm();
  const isAnother = !isSame(valueAt(draft.value, path), valueAt(draft.configuration.written, path));
  return (
    <>
      <SchemaField node={node} path={path} />
      <p role="status" className="text-suspicious">
        {isAnother && say('settings.movesNothing')}
      </p>
    </>
  );
}
