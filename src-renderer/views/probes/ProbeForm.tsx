import { FlaskConical } from 'lucide-react';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { SwitchField } from '../../parts/fields/SwitchField';
import { FormPage } from '../../parts/form/FormPage';
import { useFormField } from '../../parts/form/form-context';
import { Gone } from '../../parts/form/Gone';
import { Loaded } from '../../parts/form/Loaded';
import { AnyGroup, FormSection } from '../../parts/form/SchemaGroup';
import { useSchemaWords } from '../../parts/form/schema-words';
import { CanaryLine, ProbeChips, useProbeFacts } from '../../parts/probe/ProbeChips';
import { StartCommand } from '../../parts/probe/StartCommand';
import { act } from '../../state/act';
import { testProbes, useCanaries } from '../../state/canaries';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { useDraft } from '../../state/drafts';
import { DEFAULT_PROFILE } from '../../state/drop-setup';
import { useProbeHealth } from '../../state/probe-health';
import { nodeAt, type SchemaNode } from '../../state/settings-schema';
import { isList, keyed, type Path, texts, valueAt } from '../../state/settings-tree';
import { draftOf } from './draft';

const WHOLE_FILE: Path = [];

/** One probe: its health, its settings as their schema says, and the profiles that use it. */
export function ProbeForm({ id }: { readonly id: string }) {
  const { configuration, problem } = useConfiguration();
  const probes = useProbeHealth(DEFAULT_PROFILE);
  return (
    <Loaded
      value={configuration === null || probes.value === null ? null : { configuration, probes: probes.value.probes }}
      problem={problem ?? probes.problem}
      onRetry={() => {
        probes.again();
        void readConfiguration();
      }}
    >
      {(known) => (
        <Form
          id={id}
          configuration={known.configuration}
          probe={known.probes.find((probe) => probe.id === id) ?? null}
          onTested={probes.again}
        />
      )}
    </Loaded>
  );
}

interface FormProps {
  readonly id: string;
  readonly configuration: Configuration;
  /** Null where the settings are those of several probes, or of none yet. */
  readonly probe: ProbeStatus | null;
  readonly onTested: () => void;
}

function Form({ id, configuration, probe, onTested }: FormProps) {
  const say = useText();
  const words = useSchemaWords();
  const draft = useDraft(draftOf(id), WHOLE_FILE, configuration);
  const isTesting = useCanaries(({ testing }) => testing.has(id));
  const path = ['probes', id];
  const node = nodeAt(configuration.schema, {}, path);
  if (node === null && probe === null) return <Gone name={id} />;
  const test = async () => {
    await testProbes([id], null);
    onTested();
  };
  const title = probe?.title ?? words.text(node?.title ?? id);
  return (
    <FormPage
      title={visibleName(title)}
      draft={draft}
      actions={
        probe !== null && (
          <Button icon={FlaskConical} disabled={isTesting} onClick={() => act(test, title)}>
            {say('probes.test')}
          </Button>
        )
      }
    >
      {probe !== null && <Health probe={probe} />}
      <FormSection
        title={say('probes.settings')}
        description={node?.description == null ? null : words.text(node.description)}
      >
        {node === null ? (
          <p className="text-muted">{say('probes.noSettings')}</p>
        ) : (
          <AnyGroup node={node} path={path} />
        )}
      </FormSection>
      {probe !== null && (
        <FormSection title={say('view.profiles')} description={say('probes.profilesHelp')}>
          <Profiles id={id} configuration={configuration} />
        </FormSection>
      )}
    </FormPage>
  );
}

function Health({ probe }: { readonly probe: ProbeStatus }) {
  const say = useText();
  const facts = useProbeFacts(probe).filter((fact) => fact !== null);
  const { problem, notes, startCommand } = probe.health;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap gap-2">
        <ProbeChips probe={probe} />
      </div>
      <p className="text-muted [overflow-wrap:anywhere]">{facts.join(' · ')}</p>
      {problem !== null && <p className="text-unverified [overflow-wrap:anywhere]">{say.told(problem)}</p>}
      <StartCommand command={startCommand} />
      {notes.map((note) => (
        <p key={note} className="text-11 text-muted [overflow-wrap:anywhere]">
          <bdi>{say.told(note)}</bdi>
        </p>
      ))}
      <CanaryLine probe={probe.id} />
    </div>
  );
}

function Profiles({ id, configuration }: { readonly id: string; readonly configuration: Configuration }) {
  const written = keyed(valueAt(configuration.written, ['profiles']));
  const used = keyed(valueAt(configuration.effective, ['profiles']));
  const names = [...new Set([DEFAULT_PROFILE, ...Object.keys(written), ...Object.keys(used)])];
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">
      {names.map((name) => {
        const path = ['profiles', name, 'probes'];
        const node = nodeAt(configuration.schema, {}, path);
        return node === null ? null : <InProfile key={name} id={id} name={name} node={node} path={path} />;
      })}
    </div>
  );
}

function InProfile({
  id,
  name,
  node,
  path,
}: {
  readonly id: string;
  readonly name: string;
  readonly node: SchemaNode;
  readonly path: Path;
}) {
  const { value, otherwise, problem, locked, set } = useFormField(path, node);
  const listed = texts(isList(value) ? value : otherwise);
  return (
    <SwitchField
      label={visibleName(name)}
      problem={problem}
      locked={locked}
      disabled={locked !== null}
      value={listed.includes(id)}
      onChange={(isOn) => set(isOn ? [...listed, id] : listed.filter((other) => other !== id))}
    />
  );
}
