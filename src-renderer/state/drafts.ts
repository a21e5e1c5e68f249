import { useCallback, useEffect, useMemo, useState } from 'react';
import { create } from 'zustand';
import { CallError, messageOf } from '../bridge';
import {
  type Configuration,
  checkChanges,
  type SettingsProblem,
  useConfigurationStore,
  writeChanges,
} from './configuration';
import { changesBetween, isSame, type Json, type Path, startsWith, valueAt, withValue } from './settings-tree';
import { setUnsaved } from './unsaved';

/** A key that a person changed and has not saved. */
interface Edit {
  readonly path: Path;
  readonly value: Json | undefined;
}

/** Drafts outlive the view that shows them: what was typed is not lost with a view that fails. */
const useDrafts = create<{ readonly drafts: ReadonlyMap<string, readonly Edit[]> }>()(() => ({ drafts: new Map() }));

function putEdits(id: string, edits: readonly Edit[]): void {
  useDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    if (edits.length === 0) next.delete(id);
    else next.set(id, edits);
    return { drafts: next };
  });
  setUnsaved(`draft ${id}`, edits.length > 0);
}

const edited = (before: Json | undefined, edits: readonly Edit[]) =>
  edits.reduce((tree, edit) => withValue(tree, edit.path, edit.value), before);

/** Begins a draft, such as that of an entry that the file does not have yet. */
export function beginDraft(id: string, value: Json): void {
  putEdits(id, [{ path: [], value }]);
}

export function discardDraft(id: string): void {
  putEdits(id, []);
}

/** A part of dropgate.yaml while a person changes it. Paths are absolute. */
export interface Draft {
  readonly configuration: Configuration;
  readonly root: Path;
  /** The part with the changes in it; undefined where the file says nothing of it. */
  readonly value: Json | undefined;
  readonly isNew: boolean;
  readonly isChanged: boolean;
  readonly problems: readonly SettingsProblem[];
  readonly isSaving: boolean;
  set(path: Path, value: Json | undefined): void;
  discard(): void;
  /** False when something is wrong; then `problems` say what. */
  save(): Promise<boolean>;
}

/** A person who types is not told before they pause. */
const CALM_MS = 300;
const NO_PROBLEMS: readonly SettingsProblem[] = [];
const NO_EDITS: readonly Edit[] = [];

const problemOf = (error: CallError): readonly SettingsProblem[] => [{ path: [], text: messageOf(error) }];

/** Asks `doing` for problems; a call that fails is one itself. */
async function problemsOf(doing: Promise<readonly SettingsProblem[]>): Promise<readonly SettingsProblem[]> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof CallError) return problemOf(error);
    throw error;
  }
}

/**
 * The draft `id` of what stands at `root`. It holds only what was changed, so that it follows the file when that
 * changes below it, and nothing but these keys is ever written. Checked by the engine whenever the person pauses.
 */
export function useDraft(id: string, root: Path, configuration: Configuration): Draft {
  const edits = useDrafts(({ drafts }) => drafts.get(id)) ?? NO_EDITS;
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const [isSaving, setSaving] = useState(false);
  const place = JSON.stringify(root);
  // `place` says of `root` all that counts
  const { value, changes, isNew } = useMemo(() => {
    const before = valueAt(configuration.written, root);
    const after = edited(before, edits);
    return { value: after, changes: changesBetween(before, after, root), isNew: before === undefined };
  }, [configuration.written, edits, place]);

  // another version of the file is checked anew
  useEffect(() => {
    if (changes.length === 0) {
      setProblems(NO_PROBLEMS);
      return;
    }
    let isOver = false;
    const timer = setTimeout(() => {
      void problemsOf(checkChanges(changes)).then((found) => {
        if (!isOver) setProblems(found);
      });
    }, CALM_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [changes, configuration.version]);

  const set = useCallback(
    (path: Path, next: Json | undefined) => {
      const relative = path.slice(root.length);
      const kept = (useDrafts.getState().drafts.get(id) ?? []).filter((edit) => !startsWith(edit.path, relative));
      const after = [...kept, { path: relative, value: next }];
      const written = valueAt(useConfigurationStore.getState().configuration?.written, root);
      putEdits(id, isSame(written, edited(written, after)) ? [] : after);
    },
    [id, root],
  );
  const discard = useCallback(() => discardDraft(id), [id]);
  const save = useCallback(async () => {
    setSaving(true);
    try {
      const found = await problemsOf(writeChanges(changes));
      setProblems(found);
      if (found.length === 0) discardDraft(id);
      return found.length === 0;
    } finally {
      setSaving(false);
    }
  }, [changes, id]);

  return { configuration, root, value, isNew, isChanged: changes.length > 0, problems, isSaving, set, discard, save };
}
