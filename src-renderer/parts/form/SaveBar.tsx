import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useText } from '../../i18n/text';
import { type Command, useCommands } from '../../state/commands';
import type { Draft } from '../../state/drafts';
import { goUp } from '../../state/navigation';
import { fieldAt } from '../../state/settings-schema';
import { dotted, isKeyed, startsWith, withValue } from '../../state/settings-tree';
import { tell } from '../../state/toasts';
import { Button } from '../Button';

/** Unsaved changes: what is wrong with them that stands at no field, and how to keep or drop them. */
export function SaveBar({ draft, onSaved }: { readonly draft: Draft; readonly onSaved?: () => void }) {
  const say = useText();
  const { problems, isChanged, isSaving, configuration, root, value } = draft;
  // what stands at no key is no mistake of these changes: the engine was away, or the file became another one
  const canSave = isChanged && !isSaving && problems.every(({ path }) => path.length === 0);
  const save = async () => {
    if (!(await draft.save())) return;
    tell(say('form.saved', { file: configuration.file }));
    onSaved?.();
  };
  const discard = () => {
    draft.discard();
    if (draft.isNew && root.length > 0) goUp();
  };
  const commands = useMemo((): Command[] => {
    const run = () => void save();
    return [
      { id: 'form.save', title: say('form.save'), group: say('group.act'), keys: ['Ctrl+s'], enabled: canSave, run },
    ];
    // `save` is another one with each draft
  }, [canSave, say, draft]);
  useCommands(commands);
  if (!isChanged) return null;
  const whole = root.length === 0 ? value : withValue(configuration.written, root, value);
  const elsewhere = problems.filter(({ path }) => {
    const field = fieldAt(configuration.schema, isKeyed(whole) ? whole : {}, path);
    return field === null || !startsWith(field, root);
  });
  return (
    <footer className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-surface px-4 py-2">
      <div role="status" className="min-w-0 flex-1 basis-60">
        {problems.length === 0 ? (
          <p className="text-muted">{say('form.unsaved')}</p>
        ) : (
          <p className="flex items-start gap-1.5 text-infected">
            <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {elsewhere.length === 0
                ? say('form.problems', { count: problems.length })
                : elsewhere
                    .map(({ path, text }) => (path.length === 0 ? text : `${dotted(path)}: ${text}`))
                    .join(' · ')}
            </span>
          </p>
        )}
      </div>
      <Button disabled={isSaving} onClick={discard}>
        {say('form.discard')}
      </Button>
      <Button kind="primary" disabled={!canSave} onClick={() => void save()}>
        {say(isSaving ? 'form.saving' : 'form.save')}
      </Button>
    </footer>
  );
}
