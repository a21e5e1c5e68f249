import { isKeyed, isList, type Json, type Keyed, type Path, valueAt } from './settings-tree';

/** The part of JSON Schema that dropgate.yaml's schema uses, and what its keys say of themselves. */
export interface SchemaNode {
  readonly title: string | null;
  readonly description: string | null;
  readonly types: readonly string[];
  readonly format: string | null;
  readonly unit: string | null;
  readonly byDefault: Json | undefined;
  readonly constant: Json | undefined;
  readonly choices: readonly string[] | null;
  /** Of the names of a record's entries. */
  readonly namePattern: string | null;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly required: readonly string[];
  /** Of a record: the form of each of its entries. */
  readonly entry: SchemaNode | null;
  readonly items: SchemaNode | null;
  readonly branches: readonly SchemaNode[];
}

const NOTHING: Keyed = {};
const text = (value: Json | undefined) => (typeof value === 'string' ? value : null);
const textList = (value: Json | undefined) =>
  isList(value) && value.every((entry) => typeof entry === 'string') ? value.map(String) : null;

/** Reads a JSON Schema; what it does not know it leaves out. */
export function schemaOf(json: Json | undefined): SchemaNode {
  const said = isKeyed(json) ? json : NOTHING;
  const { type, properties, additionalProperties, items, propertyNames } = said;
  const branches = isList(said.oneOf) ? said.oneOf : isList(said.anyOf) ? said.anyOf : [];
  return {
    title: text(said.title),
    description: text(said.description),
    types: textList(type) ?? (typeof type === 'string' ? [type] : []),
    format: text(said.format),
    unit: text(said.unit),
    byDefault: said.default,
    constant: said.const,
    choices: textList(said.enum),
    namePattern: isKeyed(propertyNames) ? text(propertyNames.pattern) : null,
    properties: new Map(
      isKeyed(properties) ? Object.entries(properties).map(([key, form]) => [key, schemaOf(form)]) : [],
    ),
    required: textList(said.required) ?? [],
    entry: isKeyed(additionalProperties) ? schemaOf(additionalProperties) : null,
    items: isKeyed(items) ? schemaOf(items) : null,
    branches: branches.map(schemaOf),
  };
}

/** What is entered with keys below it, and not in one field. */
export function isGroup(node: SchemaNode): boolean {
  return (
    node.properties.size > 0 ||
    node.entry !== null ||
    (node.items !== null && isGroup(node.items)) ||
    node.branches.some(({ properties }) => properties.size > 0)
  );
}

/** The key whose constant tells the branches of a union apart (`kind`); null where there is none. */
export function tellingKey(branches: readonly SchemaNode[]): string | null {
  const [first] = branches;
  if (first === undefined) return null;
  const keys = [...first.properties].filter(([, form]) => form.constant !== undefined).map(([key]) => key);
  return keys.find((key) => branches.every(({ properties }) => properties.get(key)?.constant !== undefined)) ?? null;
}

/** The branch of a union that a value is written by; the first one when it says nothing. */
export function branchOf(node: SchemaNode, value: Json | undefined): SchemaNode {
  const key = tellingKey(node.branches);
  if (key === null) return node;
  const said = valueAt(value, [key]);
  return node.branches.find(({ properties }) => properties.get(key)?.constant === said) ?? node.branches[0] ?? node;
}

/** The form of what stands at `path` of `value`; null where the schema has no such place. */
export function nodeAt(root: SchemaNode, value: Json | undefined, path: Path): SchemaNode | null {
  let node: SchemaNode | null = root;
  for (const [depth, step] of path.entries()) {
    if (node === null) return null;
    const here: SchemaNode = branchOf(node, valueAt(value, path.slice(0, depth)));
    node = typeof step === 'number' ? here.items : (here.properties.get(step) ?? here.entry);
  }
  return node;
}

/** The field in which what stands at `path` is entered: the place itself or the nearest above it. Null: in none. */
export function fieldAt(root: SchemaNode, value: Json | undefined, path: Path): Path | null {
  for (let length = 1; length <= path.length; length += 1) {
    const place = path.slice(0, length);
    const node = nodeAt(root, value, place);
    if (node === null) return null;
    if (!isGroup(node)) return place;
  }
  return null;
}
