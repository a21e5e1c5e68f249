import { createContext, useContext, useMemo } from 'react';
import { useText } from '../../i18n/text';
import type { Draft } from '../../state/drafts';
import type { SchemaNode } from '../../state/settings-schema';
import { dotted, isSame, type Json, type Path, startsWith, valueAt } from '../../state/settings-tree';

/** The draft that the fields of a form change, and the words by which its fields are looked for. */
interface FormState {
  readonly draft: Draft;
  readonly search: string;
}

export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === null) throw new Error('a field stands outside of a form');
  return form;
}

export interface FormField {
  /** What the file says; undefined: nothing. */
  readonly value: Json | undefined;
  /** What is used where the file says nothing. */
  readonly otherwise: Json | undefined;
  readonly problem: string | null;
  /** Set from outside of the file: shown, not changed. */
  readonly locked: string | null;
  set(value: Json | undefined): void;
}

/** What a field at `path` shows, and what it does. */
export function useFormField(path: Path, node: SchemaNode): FormField {
  const { draft } = useForm();
  const say = useText();
  const place = JSON.stringify(path);
  // `place` says of `path` all that counts
  return useMemo(() => {
    const { configuration, root, problems } = draft;
    const isLocked = configuration.overridden.some((key) => key === dotted(path) || key.startsWith(`${dotted(path)}.`));
    const inUse = valueAt(configuration.effective, path);
    const written = valueAt(configuration.written, path);
    const otherwise = written === undefined ? (inUse ?? node.byDefault) : node.byDefault;
    const found = problems.filter((problem) => startsWith(problem.path, path));
    return {
      value: isLocked ? inUse : valueAt(draft.value, path.slice(root.length)),
      otherwise,
      problem: found.length === 0 ? null : found.map(({ text }) => text).join('; '),
      locked: isLocked ? say('form.locked') : null,
      set: (next) => draft.set(path, written === undefined && isSame(next, otherwise) ? undefined : next),
    };
  }, [draft, node, place, say]);
}
