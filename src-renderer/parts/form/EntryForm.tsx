import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { visibleName } from '../../format/visible-name';
import { act } from '../../state/act';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { type Draft, useDraft } from '../../state/drafts';
import { go } from '../../state/navigation';
import { nodeAt, type SchemaNode } from '../../state/settings-schema';
import type { Path } from '../../state/settings-tree';
import { Button } from '../Button';
import { FormPage } from './FormPage';
import { Gone } from './Gone';
import { Loaded } from './Loaded';

/** What the fields of an entry are made from. */
export interface Entry {
  readonly name: string;
  readonly configuration: Configuration;
  readonly draft: Draft;
  readonly root: Path;
  readonly node: SchemaNode;
}

interface EntryFormProps {
  /** The key above the entries, and the view that lists them. */
  readonly record: 'destinations' | 'profiles';
  readonly name: string;
  readonly draftId: string;
  /** It is there without a word in the file too. */
  readonly isBuiltIn?: boolean;
  readonly removal: { readonly title: string; readonly icon: LucideIcon; run(name: string): Promise<void> };
  readonly children: (entry: Entry) => ReactNode;
}

/** One named entry of dropgate.yaml, written there already or about to be. */
export function EntryForm(props: EntryFormProps) {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Form {...props} configuration={known} />}
    </Loaded>
  );
}

function Form({
  record,
  name,
  draftId,
  isBuiltIn = false,
  removal,
  configuration,
  children,
}: EntryFormProps & { readonly configuration: Configuration }) {
  const root = useMemo(() => [record, name], [record, name]);
  const draft = useDraft(draftId, root, configuration);
  const node = nodeAt(configuration.schema, configuration.written, root);
  const isThere = isBuiltIn || !draft.isNew || draft.isChanged;
  if (node === null || !isThere) return <Gone name={name} />;
  const remove = () => {
    go(record);
    act(() => removal.run(name), name);
  };
  return (
    <FormPage
      title={visibleName(name)}
      draft={draft}
      actions={
        !draft.isNew && (
          <Button kind="danger" icon={removal.icon} disabled={draft.isChanged} onClick={remove}>
            {removal.title}
          </Button>
        )
      }
    >
      {children({ name, configuration, draft, root, node })}
    </FormPage>
  );
}
