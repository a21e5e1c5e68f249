import { CircleDashed, Ellipsis, Eye, FolderX, Pause, Pencil, Play } from 'lucide-react';
import { useMemo } from 'react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Chip } from '../../parts/Chip';
import { FileName } from '../../parts/FileName';
import { useSchemaWords } from '../../parts/form/schema-words';
import { ContextMenu, Menu } from '../../parts/Menu';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
import { useHasDraft } from '../../state/drafts';
import { useLeaving } from '../../state/leaving';
import { go } from '../../state/navigation';
import { draftOf, pauseFolder, removeFolder } from './folder-acts';
import type { FolderRow } from './folder-rows';

const LOOKS = {
  watching: { tone: 'clean', icon: Eye },
  paused: { tone: 'waiting', icon: Pause },
  missing: { tone: 'unverified', icon: FolderX },
  unreadable: { tone: 'unverified', icon: FolderX },
  unknown: { tone: 'waiting', icon: CircleDashed },
} as const;

/** One watched folder: where, in what state, and what can be done with it. */
export function FolderEntry({ row }: { readonly row: FolderRow }) {
  const say = useText();
  const words = useSchemaWords();
  const isLeaving = useLeaving(draftOf(row.written));
  const hasDraft = useHasDraft(draftOf(row.written));
  const { dir, written, status, source, profile } = row;
  const isPaused = status?.state === 'paused';
  const commands = useMemo(
    (): Command[] => [
      {
        id: 'folder.edit',
        title: say('form.edit'),
        group: say('group.act'),
        run: () => go('folders', written),
      },
      {
        id: 'folder.pause',
        title: say(isPaused ? 'frame.resume' : 'frame.pause'),
        group: say('group.act'),
        enabled: status !== null,
        run: () => act(() => pauseFolder(row, !isPaused), dir),
      },
      {
        id: 'folder.remove',
        title: say('folders.remove'),
        group: say('group.act'),
        danger: true,
        run: () => act(() => removeFolder(row), dir),
      },
    ],
    [say, row, dir, written, status, isPaused],
  );
  if (isLeaving) return null;
  const { tone, icon } = LOOKS[status?.state ?? 'unknown'];
  const facts = [
    say('folders.profile', { profile }),
    source === null ? null : words.value(source),
    hasDraft ? say('form.unsavedShort') : null,
  ].filter((fact) => fact !== null);
  return (
    <ContextMenu commands={commands}>
      <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line/60 py-2.5 last:border-0">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <FileName name={visibleName(dir)} className="font-medium" />
            <Chip tone={tone} icon={icon}>
              {say(`folders.${status?.state ?? 'unknown'}`)}
            </Chip>
          </div>
          <p className="text-muted">{facts.join(' · ')}</p>
          {status?.problem != null && (
            <p className="text-unverified [overflow-wrap:anywhere]">
              <bdi>{status.problem}</bdi>
            </p>
          )}
        </div>
        <div className="flex gap-2">
          <Button
            icon={isPaused ? Play : Pause}
            disabled={status === null}
            aria-label={say(isPaused ? 'folders.resumeOne' : 'folders.pauseOne', { folder: dir })}
            onClick={() => act(() => pauseFolder(row, !isPaused), dir)}
          >
            {say(isPaused ? 'frame.resume' : 'frame.pause')}
          </Button>
          <Button
            icon={Pencil}
            aria-label={say('folders.editOne', { folder: dir })}
            onClick={() => go('folders', written)}
          >
            {say('form.edit')}
          </Button>
          <Menu commands={commands}>
            <Button kind="quiet" icon={Ellipsis} aria-label={say('folders.moreOf', { folder: dir })} />
          </Menu>
        </div>
      </li>
    </ContextMenu>
  );
}

/** A folder whose form was begun and not saved. */
export function NewFolderEntry({ dir }: { readonly dir: string }) {
  const say = useText();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line/60 py-2.5 last:border-0">
      <div className="flex min-w-0 flex-1 basis-72 flex-wrap items-center gap-x-3 gap-y-1">
        <FileName name={visibleName(dir)} className="font-medium" />
        <Chip tone="waiting" icon={Pencil}>
          {say('form.unsavedShort')}
        </Chip>
      </div>
      <Button icon={Pencil} aria-label={say('folders.editOne', { folder: dir })} onClick={() => go('folders', dir)}>
        {say('form.edit')}
      </Button>
    </li>
  );
}
