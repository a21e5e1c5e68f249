import { RotateCcw, Trash2 } from 'lucide-react';
import { engine } from '../../bridge';
import { useText } from '../../i18n/text';
import { type Entry, EntryForm } from '../../parts/form/EntryForm';
import { Loaded } from '../../parts/form/Loaded';
import { ReferenceField } from '../../parts/form/ReferenceField';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { usePulse } from '../../state/pulse';
import { useReading } from '../../state/reading';
import { keyed, valueAt } from '../../state/settings-tree';
import { ProbeChoice } from './ProbeChoice';
import { DEFAULT_PROFILE, draftOf } from './profile-rows';
import { removeProfile } from './remove-profile';

/** One profile, written there already or about to be. */
export function ProfileForm({ name }: { readonly name: string }) {
  const say = useText();
  const isDefault = name === DEFAULT_PROFILE;
  const removal = isDefault
    ? { title: say('profiles.reset'), icon: RotateCcw, run: removeProfile }
    : { title: say('profiles.remove'), icon: Trash2, run: removeProfile };
  return (
    <EntryForm record="profiles" name={name} draftId={draftOf(name)} isBuiltIn={isDefault} removal={removal}>
      {(entry) => <Fields entry={entry} />}
    </EntryForm>
  );
}

function Fields({ entry: { name, configuration, root, node } }: { readonly entry: Entry }) {
  const say = useText();
  const known = valueAt(configuration.effective, root) === undefined ? DEFAULT_PROFILE : name;
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.probes} ${pulse.revision.settings}`,
  );
  const probes = useReading(
    async () => (await engine('probes', { profile: known, canary: false })).probes,
    revision === null ? null : `${revision} ${known}`,
  );
  const destinations = Object.keys(keyed(valueAt(configuration.written, ['destinations'])));
  return (
    <>
      <FormSection title={say('view.probes')} description={say('profiles.probesHelp')}>
        <Loaded value={probes.value} problem={probes.problem} onRetry={probes.again}>
          {(all) => <ProbeChoice node={node} root={root} probes={all} />}
        </Loaded>
      </FormSection>
      <SchemaGroup
        node={node}
        path={root}
        skip={['probes', 'required']}
        instead={{
          destination: (form, path) => (
            <ReferenceField node={form} path={path} names={destinations} none={say('profiles.noDestination')} />
          ),
        }}
      />
    </>
  );
}
