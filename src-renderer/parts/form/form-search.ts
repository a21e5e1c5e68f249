import { branchOf, type SchemaNode } from '../../state/settings-schema';
import { dotted, type Path } from '../../state/settings-tree';
import type { SchemaWords } from './schema-words';

type Words = Pick<SchemaWords, 'text'>;

/** Without case and accents: nobody should have to type those to find something. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word that is looked for stands somewhere in what is said. */
export function hasWords(said: readonly (string | null | undefined)[], search: string): boolean {
  const all = plain(said.join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Whether a key itself has the words that are looked for in its title, description or name. */
export function isNamed(node: SchemaNode, path: Path, search: string, words: Words): boolean {
  return hasWords([dotted(path), words.text(node.title ?? ''), words.text(node.description ?? '')], search);
}

/** Whether a key, or one below it, has the words that are looked for. */
export function isSought(node: SchemaNode, path: Path, search: string, words: Words): boolean {
  if (isNamed(node, path, search, words)) return true;
  const inner = [...branchOf(node, undefined).properties].map(([key, form]) => ({ form, place: [...path, key] }));
  const entries = [node.items, node.entry, ...node.branches].flatMap((form) =>
    form === null ? [] : [{ form, place: path }],
  );
  return [...inner, ...entries].some(({ form, place }) => isSought(form, place, search, words));
}
