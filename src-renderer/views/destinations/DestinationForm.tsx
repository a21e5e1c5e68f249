import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { ConnectionTest } from '../../parts/destination/ConnectionTest';
import { FormPage } from '../../parts/form/FormPage';
import { Gone } from '../../parts/form/Gone';
import { Loaded } from '../../parts/form/Loaded';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { act } from '../../state/act';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { go } from '../../state/navigation';
import { nodeAt } from '../../state/settings-schema';
import { valueAt } from '../../state/settings-tree';
import { Credentials } from './Credentials';
import { draftOf } from './destination-rows';
import { removeDestination } from './remove-destination';

/** One destination, written there already or about to be. */
export function DestinationForm({ name }: { readonly name: string }) {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Form name={name} configuration={known} />}
    </Loaded>
  );
}

function Form({ name, configuration }: { readonly name: string; readonly configuration: Configuration }) {
  const say = useText();
  const root = useMemo(() => ['destinations', name], [name]);
  const draft = useDraft(draftOf(name), root, configuration);
  const node = nodeAt(configuration.schema, configuration.written, root);
  if (node === null || (draft.isNew && !draft.isChanged)) return <Gone name={name} />;
  return (
    <FormPage
      title={visibleName(name)}
      draft={draft}
      actions={
        !draft.isNew && (
          <Button
            kind="danger"
            icon={Trash2}
            onClick={() => {
              go('destinations');
              act(() => removeDestination(name), name);
            }}
          >
            {say('destinations.remove')}
          </Button>
        )
      }
    >
      <SchemaGroup node={node} path={root} />
      {valueAt(draft.value, ['kind']) === 's3' && <Credentials />}
      <FormSection title={say('destinations.testTitle')} description={say('destinations.testHelp')}>
        <ConnectionTest
          destination={draft.value}
          canTest={draft.problems.length === 0}
          onTakeOver={(changes) => {
            for (const { key, value } of changes) draft.set([...root, key], value);
          }}
        />
      </FormSection>
    </FormPage>
  );
}
