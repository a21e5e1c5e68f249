import { RotateCcw, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { engine } from '../../bridge';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { FormPage } from '../../parts/form/FormPage';
import { Gone } from '../../parts/form/Gone';
import { Loaded } from '../../parts/form/Loaded';
import { ReferenceField } from '../../parts/form/ReferenceField';
import { FormSection, SchemaGroup } from '../../parts/form/SchemaGroup';
import { act } from '../../state/act';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { go } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { useReading } from '../../state/reading';
import { nodeAt } from '../../state/settings-schema';
import { keyed, valueAt } from '../../state/settings-tree';
import { ProbeChoice } from './ProbeChoice';
import { DEFAULT_PROFILE, draftOf } from './profile-rows';
import { removeProfile } from './remove-profile';

/** One profile, written there already or about to be. */
export function ProfileForm({ name }: { readonly name: string }) {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Form name={name} configuration={known} />}
    </Loaded>
  );
}

function Form({ name, configuration }: { readonly name: string; readonly configuration: Configuration }) {
  const say = useText();
  const root = useMemo(() => ['profiles', name], [name]);
  const draft = useDraft(draftOf(name), root, configuration);
  const node = nodeAt(configuration.schema, {}, root);
  const known = valueAt(configuration.effective, root) === undefined ? DEFAULT_PROFILE : name;
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.probes} ${pulse.revision.settings}`,
  );
  const probes = useReading(
    async () => (await engine('probes', { profile: known, canary: false })).probes,
    revision === null ? null : `${revision} ${known}`,
  );
  const isThere = name === DEFAULT_PROFILE || !draft.isNew || draft.isChanged;
  if (node === null || !isThere) return <Gone name={name} />;
  const destinations = Object.keys(keyed(valueAt(configuration.written, ['destinations'])));
  const isDefault = name === DEFAULT_PROFILE;
  return (
    <FormPage
      title={visibleName(name)}
      draft={draft}
      actions={
        !draft.isNew && (
          <Button
            kind="danger"
            icon={isDefault ? RotateCcw : Trash2}
            onClick={() => {
              go('profiles');
              act(() => removeProfile(name), name);
            }}
          >
            {say(isDefault ? 'profiles.reset' : 'profiles.remove')}
          </Button>
        )
      }
    >
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
    </FormPage>
  );
}
