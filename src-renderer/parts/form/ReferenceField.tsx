import { useText } from '../../i18n/text';
import type { SchemaNode } from '../../state/settings-schema';
import type { Path } from '../../state/settings-tree';
import { ChoiceField } from '../fields/ChoiceField';
import { useFormField } from './form-context';
import { useSchemaWords } from './schema-words';

/** A key that names an entry of another part of dropgate.yaml. `none`: what it means to name nothing. */
export function ReferenceField({
  node,
  path,
  names,
  none,
}: {
  readonly node: SchemaNode;
  readonly path: Path;
  readonly names: readonly string[];
  readonly none?: string;
}) {
  const say = useText();
  const words = useSchemaWords();
  const { value, otherwise, problem, locked, set } = useFormField(path, node);
  const current = typeof value === 'string' ? value : undefined;
  const all = current === undefined || names.includes(current) ? names : [...names, current];
  return (
    <ChoiceField
      label={words.text(node.title ?? String(path.at(-1)))}
      description={node.description === null ? undefined : words.text(node.description)}
      problem={problem}
      locked={locked}
      disabled={locked !== null}
      value={current}
      choices={all.map((name) => ({ value: name, title: name }))}
      unset={typeof otherwise === 'string' ? say('parts.default', { value: otherwise }) : (none ?? say('parts.unset'))}
      onChange={set}
    />
  );
}
