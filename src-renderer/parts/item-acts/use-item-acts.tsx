import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { shell } from '../../bridge';
import { pathBytes } from '../../format/paths';
import { type Say, useText } from '../../i18n/text';
import { act } from '../../state/act';
import type { Command } from '../../state/commands';
import { exportKept, rescan, verifyKept } from '../../state/kept-acts';
import { DeleteDialog } from './DeleteDialog';
import { ExceptDialog } from './ExceptDialog';
import { tellOutcome } from './outcome';
import { PreviewDialog } from './PreviewDialog';
import { ReportDialog } from './ReportDialog';
import { RestoreDialog } from './RestoreDialog';

type DialogKind = 'restore' | 'delete' | 'except' | 'preview' | 'reports';
interface OpenDialog {
  readonly kind: DialogKind;
  readonly ids: readonly string[];
}
type Open = (kind: DialogKind, ids: readonly string[]) => void;

const DIALOGS = { restore: RestoreDialog, delete: DeleteDialog, except: ExceptDialog, reports: ReportDialog } as const;

async function exportZips(ids: readonly string[]): Promise<void> {
  const outcome = await exportKept(ids);
  if (outcome !== null) await tellOutcome(ids, outcome, 'acts.done.exported');
}

/** Held files (or what waits) are tried again now. */
export async function scanAgain(ids: readonly string[]): Promise<void> {
  await tellOutcome(ids, await rescan(ids), 'acts.done.rescanned');
}

async function verify(ids: readonly string[]): Promise<void> {
  await tellOutcome(ids, await verifyKept(ids), 'acts.done.verified');
}

function reportsCommand(say: Say, open: Open, ids: readonly string[]): Command {
  return {
    id: 'item.reports',
    title: say('acts.reports', { count: ids.length }),
    group: say('group.act'),
    isExport: true,
    run: () => open('reports', ids),
  };
}

function rescanCommand(say: Say, ids: readonly string[], enabled = true): Command {
  return {
    id: 'item.rescan',
    title: say('acts.rescan'),
    group: say('group.act'),
    keys: ['r'],
    enabled,
    run: () => act(() => scanAgain(ids)),
  };
}

function keptCommands(say: Say, open: Open, ids: readonly string[]): Command[] {
  const group = say('group.act');
  return [
    { id: 'kept.restore', title: say('acts.restoreMore'), group, run: () => open('restore', ids) },
    {
      id: 'kept.delete',
      title: say('acts.deleteMore'),
      group,
      keys: ['Delete'],
      danger: true,
      run: () => open('delete', ids),
    },
    { id: 'kept.except', title: say('acts.except'), group, run: () => open('except', ids) },
    {
      id: 'kept.preview',
      title: say('acts.preview'),
      group,
      enabled: ids.length === 1,
      inMenu: true,
      run: () => open('preview', ids),
    },
    { id: 'kept.export', title: say('acts.export'), group, isExport: true, run: () => act(() => exportZips(ids)) },
    { id: 'kept.verify', title: say('acts.verify'), group, inMenu: true, run: () => act(() => verify(ids)) },
  ];
}

/** Where its report and, once it was forwarded to a folder, the file itself can be looked at. */
function placeCommands(say: Say, { item }: ItemPage): Command[] {
  const group = say('group.act');
  const { report, reportBytes, destination, destinationBytes } = item;
  const show = (path: string, bytes: string | null) =>
    act(() => shell('reveal', { path: pathBytes(path, bytes) }), path);
  const commands: Command[] = [];
  if (report !== null)
    commands.push({ id: 'item.report', title: say('item.openReport'), group, run: () => show(report, reportBytes) });
  if (item.disposition === 'forwarded' && destination !== null && !destination.startsWith('s3://'))
    commands.push({
      id: 'item.file',
      title: say('item.showFile'),
      group,
      run: () => show(destination, destinationBytes),
    });
  return commands;
}

/** What can be done with items, as commands for tables and pages; `dialogs` must stand somewhere in the view. */
export interface ItemActs {
  readonly dialogs: ReactNode;
  /** Of items of any state. */
  forAny(ids: readonly string[]): readonly Command[];
  /** Of items that are held or quarantined. */
  forKept(ids: readonly string[]): readonly Command[];
  /** Of one item whose page is known. */
  forPage(page: ItemPage): readonly Command[];
  preview(id: string): void;
}

export function useItemActs(): ItemActs {
  const say = useText();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const open = useCallback<Open>((kind, ids) => setDialog({ kind, ids }), []);
  const close = useCallback(() => setDialog(null), []);
  const commands = useMemo(
    () => ({
      forAny: (ids: readonly string[]) => [reportsCommand(say, open, ids), rescanCommand(say, ids)],
      forKept: (ids: readonly string[]) => [
        ...keptCommands(say, open, ids),
        rescanCommand(say, ids),
        reportsCommand(say, open, ids),
      ],
      forPage: (page: ItemPage) => {
        const { id, state } = page.item;
        const kept = state === 'held' || state === 'quarantined';
        const again = state === 'held' ? [rescanCommand(say, [id])] : [];
        const own = kept ? [...keptCommands(say, open, [id]), ...again] : [];
        return [...own, ...placeCommands(say, page), reportsCommand(say, open, [id])];
      },
      preview: (id: string) => open('preview', [id]),
    }),
    [say, open],
  );
  return { ...commands, dialogs: <Dialogs dialog={dialog} onClose={close} /> };
}

function Dialogs({ dialog, onClose }: { readonly dialog: OpenDialog | null; readonly onClose: () => void }) {
  if (dialog === null) return null;
  const { kind, ids } = dialog;
  const [first] = ids;
  if (kind === 'preview') return first === undefined ? null : <PreviewDialog id={first} onClose={onClose} />;
  const Chosen = DIALOGS[kind];
  return <Chosen ids={ids} onClose={onClose} />;
}
