import { Pencil, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { EntryRow } from '../../parts/EntryRow';
import { Loaded } from '../../parts/form/Loaded';
import { NameDialog } from '../../parts/form/NameDialog';
import { useSchemaWords } from '../../parts/form/schema-words';
import { Page } from '../../parts/Page';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
import { readConfiguration, useConfiguration } from '../../state/configuration';
import { beginDraft } from '../../state/drafts';
import { useLeaving } from '../../state/leaving';
import { go } from '../../state/navigation';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { nodeAt } from '../../state/settings-schema';
import { DEFAULT_PROFILE, draftOf, type ProfileRow, profileRows } from './profile-rows';
import { removeProfile } from './remove-profile';

/** All profiles. */
export function ProfileList() {
  const say = useText();
  const [isNaming, setNaming] = useState(false);
  const { configuration, problem } = useConfiguration();
  const record = configuration === null ? null : nodeAt(configuration.schema, {}, ['profiles']);
  return (
    <Page
      title={say('view.profiles')}
      actions={
        <Button kind="primary" icon={Plus} disabled={record === null} onClick={() => setNaming(true)}>
          {say('profiles.add')}
        </Button>
      }
    >
      <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
        {(known) => {
          const rows = profileRows(known);
          return (
            <>
              <ul aria-label={say('view.profiles')} className="flex flex-col">
                {rows.map((row) => (
                  <Entry key={row.name} row={row} />
                ))}
              </ul>
              {isNaming && record !== null && (
                <NameDialog
                  title={say('profiles.addTitle')}
                  help={say('profiles.nameHelp')}
                  record={record}
                  taken={rows.map(({ name }) => name)}
                  onClose={() => setNaming(false)}
                  onName={(name) => {
                    beginDraft(draftOf(name), {});
                    go('profiles', name);
                  }}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function EditButton({ name }: { readonly name: string }) {
  const say = useText();
  return (
    <Button icon={Pencil} aria-label={say('form.editOne', { name })} onClick={() => go('profiles', name)}>
      {say('form.edit')}
    </Button>
  );
}

function Entry({ row }: { readonly row: ProfileRow }) {
  const say = useText();
  const words = useSchemaWords();
  const titleOf = titleAmong(useProbeTitles());
  const { name, isWritten, probes, destination, source, folders } = row;
  const isLeaving = useLeaving(draftOf(name));
  const commands = useMemo((): Command[] => {
    const title = say(name === DEFAULT_PROFILE ? 'profiles.reset' : 'profiles.remove');
    const run = () => act(() => removeProfile(name), name);
    return isWritten ? [{ id: 'profile.remove', title, group: say('group.act'), danger: true, run }] : [];
  }, [say, name, isWritten]);
  if (isLeaving && name !== DEFAULT_PROFILE) return null;
  return (
    <EntryRow
      name={visibleName(name)}
      facts={[
        probes.map((probe) => visibleName(titleOf(probe))).join(', '),
        destination === null ? say('profiles.noDestination') : say('profiles.to', { destination }),
        source === null ? null : words.value(source),
        folders === 0 ? null : say('profiles.folders', { count: folders }),
      ]}
      actions={<EditButton name={name} />}
      commands={commands}
    />
  );
}
