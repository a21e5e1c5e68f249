import { FlaskConical, Pencil, Radar } from 'lucide-react';
import { useState } from 'react';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { EntryRow } from '../../parts/EntryRow';
import { ChoiceField } from '../../parts/fields/ChoiceField';
import { Loaded } from '../../parts/form/Loaded';
import { useSchemaWords } from '../../parts/form/schema-words';
import { Page } from '../../parts/Page';
import { CanaryLine, ProbeChips, useProbeFacts } from '../../parts/probe/ProbeChips';
import { StartCommand } from '../../parts/probe/StartCommand';
import { act } from '../../state/act';
import { testProbes, useCanaries } from '../../state/canaries';
import { type Configuration, useConfiguration } from '../../state/configuration';
import { DEFAULT_PROFILE } from '../../state/drop-setup';
import { go } from '../../state/navigation';
import { useProbeHealth } from '../../state/probe-health';
import { nodeAt } from '../../state/settings-schema';
import { keyed, valueAt } from '../../state/settings-tree';

/** Every probe that there is, with its health, and what else can be set up. */
export function ProbeList() {
  const say = useText();
  const [profile, setProfile] = useState(DEFAULT_PROFILE);
  const { configuration } = useConfiguration();
  const probes = useProbeHealth(profile);
  const isTesting = useCanaries(({ testing }) => testing.size > 0);
  const profiles = Object.keys(keyed(valueAt(configuration?.effective, ['profiles'])));
  const testAll = async () => {
    await testProbes(probes.value?.probes.map(({ id }) => id) ?? [], profile);
    probes.again();
  };
  return (
    <Page
      title={say('view.probes')}
      actions={
        <Button
          kind="primary"
          icon={FlaskConical}
          disabled={isTesting || probes.value === null}
          onClick={() => act(testAll)}
        >
          {say('probes.testAll')}
        </Button>
      }
      toolbar={
        profiles.length > 1 && (
          <div className="w-60">
            <ChoiceField
              label={say('probes.requiredBy')}
              value={profile}
              choices={profiles.map((name) => ({ value: name, title: visibleName(name) }))}
              onChange={(name) => setProfile(name ?? DEFAULT_PROFILE)}
            />
          </div>
        )
      }
    >
      <Loaded value={probes.value} problem={probes.problem} onRetry={probes.again}>
        {({ probes: all, gate }) => (
          <>
            {!gate.open && (
              <div className="-mx-4">
                <Banner tone="suspicious">{say('probes.gateClosed', { reason: say.told(gate.reason) })}</Banner>
              </div>
            )}
            {all.length === 0 && <EmptyState icon={Radar} title={say('probes.empty')} />}
            <ul aria-label={say('view.probes')} className="flex flex-col">
              {all.map((probe) => (
                <ProbeEntry key={probe.id} probe={probe} profile={profile} onTested={probes.again} />
              ))}
            </ul>
            {configuration !== null && <MoreToSetUp configuration={configuration} probes={all} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ProbeEntry({
  probe,
  profile,
  onTested,
}: {
  readonly probe: ProbeStatus;
  readonly profile: string;
  readonly onTested: () => void;
}) {
  const say = useText();
  const facts = useProbeFacts(probe);
  const isTesting = useCanaries(({ testing }) => testing.has(probe.id));
  const { id, title, health } = probe;
  const test = async () => {
    await testProbes([id], profile);
    onTested();
  };
  return (
    <EntryRow
      name={visibleName(title)}
      chips={<ProbeChips probe={probe} />}
      facts={facts}
      problem={health.problem}
      actions={
        <>
          <Button
            icon={FlaskConical}
            disabled={isTesting}
            aria-label={say('probes.testOne', { probe: title })}
            onClick={() => act(test, title)}
          >
            {say('probes.test')}
          </Button>
          <EditButton id={id} title={title} />
        </>
      }
    >
      {health.notes.map((note) => (
        <p key={note} className="text-11 text-muted [overflow-wrap:anywhere]">
          <bdi>{say.told(note)}</bdi>
        </p>
      ))}
      <StartCommand command={health.startCommand} />
      <CanaryLine probe={id} />
    </EntryRow>
  );
}

function EditButton({ id, title }: { readonly id: string; readonly title: string }) {
  const say = useText();
  return (
    <Button icon={Pencil} aria-label={say('form.editOne', { name: title })} onClick={() => go('probes', id)}>
      {say('form.edit')}
    </Button>
  );
}

/** Settings from which probes come, where no probe has their name: lists of servers, commands. */
function MoreToSetUp({
  configuration,
  probes,
}: {
  readonly configuration: Configuration;
  readonly probes: readonly ProbeStatus[];
}) {
  const say = useText();
  const words = useSchemaWords();
  const forms = nodeAt(configuration.schema, {}, ['probes'])?.properties ?? new Map();
  const more = [...forms].filter(([key]) => !probes.some(({ id }) => id === key));
  if (more.length === 0) return null;
  return (
    <section aria-label={say('probes.more')} className="mt-6">
      <h2 className="text-15 font-semibold">{say('probes.more')}</h2>
      <ul className="flex flex-col">
        {more.map(([key, form]) => (
          <EntryRow
            key={key}
            name={words.text(form.title ?? key)}
            facts={[form.description === null ? null : words.text(form.description)]}
            actions={<EditButton id={key} title={words.text(form.title ?? key)} />}
          />
        ))}
      </ul>
    </section>
  );
}
