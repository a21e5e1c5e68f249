import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { FormPage } from '../../parts/form/FormPage';
import { Gone } from '../../parts/form/Gone';
import { Loaded } from '../../parts/form/Loaded';
import { ReferenceField } from '../../parts/form/ReferenceField';
import { SchemaGroup } from '../../parts/form/SchemaGroup';
import { act } from '../../state/act';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { go } from '../../state/navigation';
import { nodeAt } from '../../state/settings-schema';
import { keyed, valueAt } from '../../state/settings-tree';
import { draftOf, removeFolder } from './folder-acts';
import { folderRows, placeOfFolder, placeOfNewFolder } from './folder-rows';

const DEFAULT_PROFILE = 'default';

/** One watched folder, written there already or about to be. `dir`: as the file writes it. */
export function FolderForm({ dir }: { readonly dir: string }) {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Form dir={dir} configuration={known} />}
    </Loaded>
  );
}

function Form({ dir, configuration }: { readonly dir: string; readonly configuration: Configuration }) {
  const say = useText();
  const root = useMemo(
    () => placeOfFolder(configuration, dir) ?? placeOfNewFolder(configuration),
    [configuration, dir],
  );
  const draft = useDraft(draftOf(dir), root, configuration);
  const node = nodeAt(configuration.schema, configuration.written, root);
  const profiles = useMemo(
    () => [...new Set([DEFAULT_PROFILE, ...Object.keys(keyed(valueAt(configuration.written, ['profiles'])))])],
    [configuration],
  );
  if (node === null || (draft.isNew && !draft.isChanged)) return <Gone name={dir} />;
  const row = draft.isNew ? undefined : folderRows(configuration, []).find(({ written }) => written === dir);
  return (
    <FormPage
      title={visibleName(dir)}
      draft={draft}
      onSaved={() => go('folders')}
      actions={
        row !== undefined && (
          <Button
            kind="danger"
            icon={Trash2}
            disabled={draft.isChanged}
            onClick={() => {
              go('folders');
              act(() => removeFolder(row), dir);
            }}
          >
            {say('folders.remove')}
          </Button>
        )
      }
    >
      <SchemaGroup
        node={node}
        path={root}
        instead={{ profile: (form, path) => <ReferenceField node={form} path={path} names={profiles} /> }}
      />
    </FormPage>
  );
}
