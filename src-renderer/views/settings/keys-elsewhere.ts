import { hasWords, isNamed } from '../../parts/form/form-search';
import type { SchemaWords } from '../../parts/form/schema-words';
import type { SettingsProblem } from '../../state/configuration';
import type { View } from '../../state/navigation';
import type { SchemaNode } from '../../state/settings-schema';
import { dotted, type Path } from '../../state/settings-tree';

/** Keys of dropgate.yaml that have a view of their own; all others are entered in Settings. */
export const ELSEWHERE: ReadonlyMap<string, View> = new Map([
  ['watch', 'folders'],
  ['probes', 'probes'],
  ['destinations', 'destinations'],
  ['profiles', 'profiles'],
]);

export interface KeyElsewhere {
  readonly key: string;
  readonly view: View;
  readonly node: SchemaNode;
  /** What was found below it: `ClamAV: Time limit`. Empty when the key itself was meant. */
  readonly found: readonly string[];
  /** What unsaved settings would break there. */
  readonly problems: readonly string[];
}

type Words = Pick<SchemaWords, 'text'>;

/** Keys with views of their own that have what is looked for, or something wrong. */
export function keysElsewhere(
  schema: SchemaNode,
  search: string,
  words: Words,
  problems: readonly SettingsProblem[],
): KeyElsewhere[] {
  return [...ELSEWHERE].flatMap(([key, view]) => {
    const node = schema.properties.get(key);
    if (node === undefined) return [];
    const wrong = problems.filter(({ path }) => path[0] === key).map(({ path, text }) => `${dotted(path)}: ${text}`);
    const isMeant = isNamed(node, [key], search, words);
    const found = isMeant ? [] : [...new Set(foundBelow(node, [key], [], search, words))];
    return isMeant || found.length > 0 || wrong.length > 0 ? [{ key, view, node, found, problems: wrong }] : [];
  });
}

/** Titles, with those above them, of the keys below `node` that have the words. */
function foundBelow(node: SchemaNode, path: Path, above: readonly string[], search: string, words: Words): string[] {
  const keys = [...node.properties].flatMap(([key, form]) => {
    if (form.constant !== undefined) return [];
    const [place, trail] = [
      [...path, key],
      [...above, words.text(form.title ?? key)],
    ];
    const said = [dotted(place), ...trail, form.description === null ? null : words.text(form.description)];
    return hasWords(said, search) ? [trail.join(': ')] : foundBelow(form, place, trail, search, words);
  });
  const inner = [node.entry, node.items, ...node.branches].flatMap((form) =>
    form === null ? [] : foundBelow(form, path, above, search, words),
  );
  return [...keys, ...inner];
}
