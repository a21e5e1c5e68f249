import { CircleCheck, CircleDashed, CircleX, Pencil, Plus, RefreshCw, Send } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useFormat } from '../../format/use-format';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Chip } from '../../parts/Chip';
import { EmptyState } from '../../parts/EmptyState';
import { EntryRow } from '../../parts/EntryRow';
import { Loaded } from '../../parts/form/Loaded';
import { NameDialog } from '../../parts/form/NameDialog';
import { useSchemaWords } from '../../parts/form/schema-words';
import { Page } from '../../parts/Page';
import { useNow } from '../../parts/use-now';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { type DestinationHealth, readDestinations, useDestinationHealth } from '../../state/destination-health';
import { beginDraft } from '../../state/drafts';
import { useLeaving } from '../../state/leaving';
import { go } from '../../state/navigation';
import { nodeAt } from '../../state/settings-schema';
import { type DestinationRow, destinationRows, draftOf } from './destination-rows';
import { removeDestination } from './remove-destination';

/** All destinations with whether they can be reached now, and those that were begun and not saved. */
export function DestinationList() {
  const say = useText();
  const [isNaming, setNaming] = useState(false);
  const { configuration, problem } = useConfiguration();
  const health = useDestinationHealth();
  const record = configuration === null ? null : nodeAt(configuration.schema, {}, ['destinations']);
  const add = (
    <Button kind="primary" icon={Plus} disabled={record === null} onClick={() => setNaming(true)}>
      {say('destinations.add')}
    </Button>
  );
  return (
    <Page
      title={say('view.destinations')}
      actions={
        <>
          <Button icon={RefreshCw} disabled={health.isReading} onClick={() => void readDestinations()}>
            {say('destinations.again')}
          </Button>
          {add}
        </>
      }
    >
      <Loaded
        value={configuration}
        problem={problem ?? health.problem}
        onRetry={() => {
          void readDestinations();
          void readConfiguration();
        }}
      >
        {(known) => (
          <>
            <Entries configuration={known} healths={health.healths ?? []}>
              <EmptyState icon={Send} title={say('destinations.empty')}>
                <p>{say('destinations.emptyHelp')}</p>
                {add}
              </EmptyState>
            </Entries>
            {isNaming && record !== null && (
              <NameDialog
                title={say('destinations.addTitle')}
                help={say('destinations.nameHelp')}
                record={record}
                taken={destinationRows(known, health.healths ?? []).map(({ name }) => name)}
                onClose={() => setNaming(false)}
                onName={(name) => {
                  beginDraft(draftOf(name), { kind: 'folder' });
                  go('destinations', name);
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Entries({
  configuration,
  healths,
  children,
}: {
  readonly configuration: Configuration;
  readonly healths: readonly DestinationHealth[];
  /** Instead of no entries. */
  readonly children: ReactNode;
}) {
  const say = useText();
  const rows = destinationRows(configuration, healths);
  if (rows.length === 0) return children;
  return (
    <ul aria-label={say('view.destinations')} className="flex flex-col">
      {rows.map((row) => (
        <Entry key={row.name} row={row} />
      ))}
    </ul>
  );
}

function EditButton({ name }: { readonly name: string }) {
  const say = useText();
  return (
    <Button icon={Pencil} aria-label={say('form.editOne', { name })} onClick={() => go('destinations', name)}>
      {say('form.edit')}
    </Button>
  );
}

const LOOKS = {
  ready: { tone: 'clean', icon: CircleCheck },
  not_ready: { tone: 'unverified', icon: CircleX },
  unknown: { tone: 'waiting', icon: CircleDashed },
} as const;

const STEP_SECONDS = 10;

/** How many files wait for a destination, since when, and when one of them tries again. */
function useWaitingFacts(health: DestinationHealth | null): string[] {
  const say = useText();
  const format = useFormat();
  const now = useNow(STEP_SECONDS);
  if (health === null || health.waiting === 0) return [];
  const { waiting: count, oldest, nextTry } = health;
  const time = (iso: string) => format.relative(Date.parse(iso), now);
  return [
    say('destinations.waiting', { count }),
    ...(oldest === null ? [] : [say('destinations.oldest', { time: time(oldest) })]),
    ...(nextTry === null ? [] : [say('destinations.nextTry', { time: time(nextTry) })]),
  ];
}

function Entry({ row }: { readonly row: DestinationRow }) {
  const say = useText();
  const words = useSchemaWords();
  const { name, kind, place, isWritten, health, profiles } = row;
  const isLeaving = useLeaving(draftOf(name));
  const commands = useMemo((): Command[] => {
    const group = say('group.act');
    return [
      { id: 'destination.edit', title: say('destinations.editOrTest'), group, run: () => go('destinations', name) },
      {
        id: 'destination.remove',
        title: say('destinations.remove'),
        group,
        danger: true,
        run: () => act(() => removeDestination(name), name),
      },
    ];
  }, [say, name]);
  const waitingFacts = useWaitingFacts(health);
  if (isLeaving) return null;
  const state = health?.state ?? 'unknown';
  const { tone, icon } = LOOKS[state];
  return (
    <EntryRow
      name={visibleName(name)}
      chips={
        <Chip tone={tone} icon={icon}>
          {say(`destinations.${state}`)}
        </Chip>
      }
      facts={[
        words.value(kind),
        place === null ? null : visibleName(place),
        profiles.length === 0
          ? say('destinations.unused')
          : say('destinations.usedBy', { profiles: profiles.join(', ') }),
        isWritten ? null : say('destinations.builtIn'),
        ...(health?.notes ?? []).map((note) => say.told(note)),
        ...waitingFacts,
      ]}
      problem={health?.problem ?? null}
      actions={isWritten && <EditButton name={name} />}
      commands={isWritten ? commands : []}
    />
  );
}
