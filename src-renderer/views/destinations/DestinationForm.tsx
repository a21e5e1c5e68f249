import { Trash2 } from 'lucide-react';
import { useText } from '../../i18n/text';
import { ConnectionTest } from '../../parts/destination/ConnectionTest';
import { type Entry, EntryForm } from '../../parts/form/EntryForm';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { valueAt } from '../../state/settings-tree';
import { Credentials } from './Credentials';
import { draftOf } from './destination-rows';
import { removeDestination } from './remove-destination';

/** One destination, written there already or about to be. */
export function DestinationForm({ name }: { readonly name: string }) {
  const say = useText();
  return (
    <EntryForm
      record="destinations"
      name={name}
      draftId={draftOf(name)}
      removal={{ title: say('destinations.remove'), icon: Trash2, run: removeDestination }}
    >
      {(entry) => <Fields entry={entry} />}
    </EntryForm>
  );
}

function Fields({ entry: { draft, root, node } }: { readonly entry: Entry }) {
  const say = useText();
  return (
    <>
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
    </>
  );
}
