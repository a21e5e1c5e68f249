import { branchOf, type SchemaNode } from '../../state/settings-schema';
import { dotted, type Path } from '../../state/settings-tree';
import type { SchemaWords } from './schema-words';

/** Whether a key, or one below it, has the words that are looked for in its title, description or name. */
export function isSought(node: SchemaNode, path: Path, search: string, words: Pick<SchemaWords, 'text'>): boolean {
  if (search.trim() === '') return true;
  const said = [dotted(path), words.text(node.title ?? ''), words.text(node.description ?? '')].join(' ').toLowerCase();
  const isHere = search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
  if (isHere) return true;
  const inner = [
    ...branchOf(node, undefined).properties,
    ...(node.items?.properties ?? []),
    ...(node.entry?.properties ?? []),
  ];
  return inner.some(([key, form]) => isSought(form, [...path, key], search, words));
}
