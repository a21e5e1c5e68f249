import { shell } from '../../bridge';
import { textOfPath } from '../../format/path-text';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import type { SchemaNode } from '../../state/settings-schema';
import { isList, type Json, type Path, texts } from '../../state/settings-tree';
import { BytesField, exactBytes } from '../fields/BytesField';
import { ChoiceField } from '../fields/ChoiceField';
import { ListField } from '../fields/ListField';
import { NumberField } from '../fields/NumberField';
import { PathField } from '../fields/PathField';
import { SwitchField } from '../fields/SwitchField';
import { TextField } from '../fields/TextField';
import { type FormField, useFormField } from './form-context';
import { useSchemaWords } from './schema-words';

const PLACES: readonly string[] = ['file', 'folder', 'path'];
const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);
const numberOf = (value: Json | undefined) => (typeof value === 'number' ? value : undefined);
const sizeOf = (value: Json | undefined) =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** Whether a list of texts can be entered here, alone or beside something else. */
function takesList(node: SchemaNode): boolean {
  return node.types.includes('array') || node.branches.some(({ types }) => types.includes('array'));
}

/** One key of dropgate.yaml in the field that its schema asks for. `label`: what it is called, where the key has no title. */
export function SchemaField({ node, path }: { readonly node: SchemaNode; readonly path: Path }) {
  const words = useSchemaWords();
  const field = useFormField(path, node);
  const frame = {
    label: words.text(node.title ?? String(path.at(-1))),
    description: node.description === null ? undefined : words.text(node.description),
    problem: field.problem,
    locked: field.locked,
    disabled: field.locked !== null,
  };
  if (takesList(node)) return <TextsOf frame={frame} field={field} node={node} />;
  if (node.types.includes('boolean')) {
    return <SwitchField {...frame} value={(field.value ?? field.otherwise) === true} onChange={field.set} />;
  }
  return <SingleValue frame={frame} field={field} node={node} />;
}

interface PartProps {
  readonly frame: Parameters<typeof SwitchField>[0] extends infer Props ? Omit<Props, 'value' | 'onChange'> : never;
  readonly field: FormField;
  readonly node: SchemaNode;
}

function SingleValue({ frame, field, node }: PartProps) {
  const say = useText();
  const words = useSchemaWords();
  const { value, otherwise, set } = field;
  const byDefault = (shown: string | undefined) =>
    shown === undefined ? undefined : say('parts.default', { value: shown });
  const size = sizeOf(otherwise);
  if (node.choices !== null) {
    const usual = textOf(otherwise);
    return (
      <ChoiceField
        {...frame}
        value={textOf(value)}
        onChange={set}
        choices={node.choices.map((choice) => ({ value: choice, title: words.value(choice) }))}
        unset={usual === undefined ? say('parts.unset') : byDefault(words.value(usual))}
      />
    );
  }
  if (node.format === 'byte-size') {
    const usual = typeof size === 'number' ? exactBytes(size) : size;
    return <BytesField {...frame} value={sizeOf(value)} onChange={set} placeholder={byDefault(usual)} />;
  }
  if (node.types.includes('integer') || node.types.includes('number')) {
    return (
      <NumberField
        {...frame}
        value={numberOf(value)}
        onChange={set}
        placeholder={byDefault(size?.toString())}
        unit={node.unit === null ? undefined : words.text(node.unit)}
      />
    );
  }
  const placeholder = byDefault(textOf(otherwise) === '' ? undefined : textOf(otherwise));
  if (node.format !== null && PLACES.includes(node.format)) {
    const kind = node.format === 'folder' ? 'folder' : 'files';
    return <PathField {...frame} kind={kind} value={textOf(value)} onChange={set} placeholder={placeholder} />;
  }
  return <TextField {...frame} value={textOf(value)} onChange={set} placeholder={placeholder} />;
}

function TextsOf({ frame, field, node }: PartProps) {
  const { value, otherwise, set } = field;
  const format = node.items?.format ?? null;
  const shown = texts(isList(value) ? value : otherwise);
  const choose = async () => {
    const { paths } = await shell('choose-paths', { kind: format === 'folder' ? 'folder' : 'files' });
    if (paths.length > 0) set([...shown, ...paths.map(({ path, display }) => textOfPath(path) ?? display)]);
  };
  return (
    <ListField
      {...frame}
      value={shown}
      onChange={set}
      choose={format !== null && PLACES.includes(format) ? () => act(choose, frame.label) : undefined}
    />
  );
}
