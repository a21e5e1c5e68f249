import { CircleDashed, Eye, FolderX, Pause, Pencil, Play } from 'lucide-react';
import { useMemo } from 'react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Chip } from '../../parts/Chip';
import { EntryRow } from '../../parts/EntryRow';
import { useSchemaWords } from '../../parts/form/schema-words';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
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
  return (
    <EntryRow
      name={visibleName(dir)}
      chips={
        <Chip tone={tone} icon={icon}>
          {say(`folders.${status?.state ?? 'unknown'}`)}
        </Chip>
      }
      facts={[say('folders.profile', { profile }), source === null ? null : words.value(source)]}
      problem={status?.problem ?? null}
      actions={
        <>
          <Button
            icon={isPaused ? Play : Pause}
            disabled={status === null}
            aria-label={say(isPaused ? 'folders.resumeOne' : 'folders.pauseOne', { folder: dir })}
            onClick={() => act(() => pauseFolder(row, !isPaused), dir)}
          >
            {say(isPaused ? 'frame.resume' : 'frame.pause')}
          </Button>
          <EditButton dir={written} />
        </>
      }
      commands={commands}
    />
  );
}

function EditButton({ dir }: { readonly dir: string }) {
  const say = useText();
  return (
    <Button icon={Pencil} aria-label={say('form.editOne', { name: dir })} onClick={() => go('folders', dir)}>
      {say('form.edit')}
    </Button>
  );
}
