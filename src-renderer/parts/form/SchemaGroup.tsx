import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useText } from '../../i18n/text';
import { branchOf, isGroup, type SchemaNode, tellingKey } from '../../state/settings-schema';
import { isList, type Json, keyed, type Path, startsWith, valueAt } from '../../state/settings-tree';
import { Button } from '../Button';
import { cx } from '../class-names';
import { ChoiceField } from '../fields/ChoiceField';
import { RecordField } from '../fields/RecordField';
import { FormContext, useForm, useFormField } from './form-context';
import { isNamed, isSought } from './form-search';
import { SchemaField } from './SchemaField';
import { useSchemaWords } from './schema-words';

/** Fields that need the width of the form. */
function isWide(node: SchemaNode): boolean {
  return (
    node.types.includes('array') ||
    node.branches.length > 0 ||
    ['file', 'folder', 'path', 'uri'].includes(node.format ?? '')
  );
}

/** The keys below a place of dropgate.yaml, each in its field; groups of keys below their own headings. */
export function SchemaGroup({
  node,
  path,
  skip = [],
  instead = {},
}: {
  readonly node: SchemaNode;
  readonly path: Path;
  /** Keys that the view enters elsewhere. */
  readonly skip?: readonly string[];
  /** Keys that the view enters in a field of its own. */
  readonly instead?: Readonly<Record<string, (node: SchemaNode, path: Path) => ReactNode>>;
}) {
  const form = useForm();
  const { draft, search } = form;
  const unfiltered = useMemo(() => ({ ...form, search: '' }), [form]);
  const words = useSchemaWords();
  const value = valueAt(draft.value, path.slice(draft.root.length));
  const branch = branchOf(node, value);
  // what is wrong is shown, whatever is looked for
  const isShown = (part: SchemaNode, place: Path) =>
    isSought(part, place, search, words) || draft.problems.some((problem) => startsWith(problem.path, place));
  const shown = [...branch.properties].filter(
    ([key, part]) => !skip.includes(key) && part.constant === undefined && isShown(part, [...path, key]),
  );
  const fields = shown.filter(([, part]) => !isGroup(part));
  const groups = shown.filter(([, part]) => isGroup(part));
  return (
    <div className="flex flex-col gap-5">
      {node.branches.length > 0 && <BranchChoice node={node} path={path} value={value} />}
      {fields.length > 0 && (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">
          {fields.map(([key, part]) => (
            <div key={key} className={cx('min-w-0', isWide(part) && 'col-span-full')}>
              {instead[key]?.(part, [...path, key]) ?? <SchemaField node={part} path={[...path, key]} />}
            </div>
          ))}
        </div>
      )}
      {groups.map(([key, part]) => (
        <FormSection
          key={key}
          title={words.text(part.title ?? key)}
          description={part.description === null ? null : words.text(part.description)}
        >
          <FormContext value={isNamed(part, [...path, key], search, words) ? unfiltered : form}>
            <AnyGroup node={part} path={[...path, key]} />
          </FormContext>
        </FormSection>
      ))}
    </div>
  );
}

export function FormSection({
  title,
  description = null,
  children,
}: {
  readonly title: string;
  readonly description?: string | null;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <header>
        <h2 className="text-15 font-semibold">{title}</h2>
        {description !== null && <p className="text-muted">{description}</p>}
      </header>
      {children}
    </section>
  );
}

/** Whatever a group is: keys, named entries, entries in their order. */
export function AnyGroup({ node, path }: { readonly node: SchemaNode; readonly path: Path }) {
  if (node.entry !== null && node.properties.size === 0) return <Entries node={node} entry={node.entry} path={path} />;
  if (node.items !== null) return <Rows node={node} entry={node.items} path={path} />;
  return <SchemaGroup node={node} path={path} />;
}

/** Which of the forms of a union is used. Another form begins empty: its keys mean something else. */
function BranchChoice({
  node,
  path,
  value,
}: {
  readonly node: SchemaNode;
  readonly path: Path;
  readonly value: Json | undefined;
}) {
  const { draft } = useForm();
  const words = useSchemaWords();
  const key = tellingKey(node.branches);
  if (key === null) return null;
  const branch = branchOf(node, value);
  const telling = branch.properties.get(key);
  const choices = node.branches.flatMap(({ title, properties }) => {
    const constant = properties.get(key)?.constant;
    return typeof constant === 'string' ? [{ value: constant, title: words.text(title ?? constant) }] : [];
  });
  return (
    <ChoiceField
      label={words.text(telling?.title ?? key)}
      description={telling?.description == null ? undefined : words.text(telling.description)}
      value={typeof telling?.constant === 'string' ? telling.constant : undefined}
      choices={choices}
      onChange={(kind) => draft.set(path, kind === undefined ? undefined : { [key]: kind })}
    />
  );
}

interface ManyProps {
  readonly node: SchemaNode;
  readonly entry: SchemaNode;
  readonly path: Path;
}

/** Entries with names. */
function Entries({ node, entry, path }: ManyProps) {
  const { draft } = useForm();
  const words = useSchemaWords();
  const say = useText();
  const field = useFormField(path, node);
  const names = Object.keys(keyed(field.value));
  return (
    <RecordField
      label={say('form.newEntry')}
      names={names}
      disabled={field.locked !== null}
      locked={field.locked}
      nameProblem={(name) => (isName(node, name) ? null : say('form.badName'))}
      onAdd={(name) => draft.set([...path, name], beginning(entry))}
      onRemove={(name) => draft.set([...path, name], undefined)}
    >
      {(name) => <SchemaGroup node={{ ...entry, title: words.text(entry.title ?? name) }} path={[...path, name]} />}
    </RecordField>
  );
}

/** Entries in their order. */
function Rows({ node, entry, path }: ManyProps) {
  const { draft } = useForm();
  const words = useSchemaWords();
  const say = useText();
  const { value, locked } = useFormField(path, node);
  const rows = isList(value) ? value : [];
  const called = (at: number) => `${words.text(entry.title ?? String(path.at(-1)))} ${at + 1}`;
  return (
    <div className="flex flex-col gap-4">
      {rows.map((_, at) => (
        // an entry of a list has no other name than its position
        <section key={at} aria-label={called(at)} className="border-l-2 border-line pl-4">
          <header className="mb-2 flex items-center gap-2">
            <h3 className="min-w-0 flex-1 truncate font-semibold">{called(at)}</h3>
            <Button
              kind="quiet"
              icon={Trash2}
              disabled={locked !== null}
              aria-label={say('parts.remove', { name: called(at) })}
              onClick={() =>
                draft.set(
                  path,
                  rows.filter((_entry, other) => other !== at),
                )
              }
            />
          </header>
          {isGroup(entry) ? (
            <SchemaGroup node={entry} path={[...path, at]} />
          ) : (
            <SchemaField node={entry} path={[...path, at]} />
          )}
        </section>
      ))}
      <Button
        icon={Plus}
        className="self-start"
        disabled={locked !== null}
        onClick={() => draft.set([...path, rows.length], beginning(entry))}
      >
        {say('parts.add')}
      </Button>
    </div>
  );
}

/** An entry that nothing was entered into yet. */
function beginning(entry: SchemaNode): Json {
  const key = tellingKey(entry.branches);
  const constant = key === null ? undefined : entry.branches[0]?.properties.get(key)?.constant;
  return key === null || constant === undefined ? {} : { [key]: constant };
}

/** Whether the schema takes a name for an entry. */
export function isName(record: SchemaNode, name: string): boolean {
  return record.namePattern === null || new RegExp(record.namePattern).test(name);
}
