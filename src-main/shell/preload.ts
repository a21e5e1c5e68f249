import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels';
import type { WindowAnswer } from '../contract/shell-schema';

type Hear = (event: string, data: unknown) => void;

/** Listeners of the page, and what came before the first of them. */
const listeners = new Set<Hear>();
const missed: { event: string; data: unknown }[] = [];

/** Path of a file that was dropped or chosen; older Electrons put it on the file itself. */
function pathOf(file: File & { readonly path?: string }): string {
  return webUtils?.getPathForFile?.(file) ?? file.path ?? '';
}

ipcRenderer.on(EVENT_CHANNEL, (_event, { event, data }: { event: string; data: unknown }) => {
  if (listeners.size === 0) missed.push({ event, data });
  for (const hear of listeners) hear(event, data);
});

contextBridge.exposeInMainWorld('dropgate', {
  call: (to: string, call: string, params: unknown): Promise<WindowAnswer> =>
    ipcRenderer.invoke(CALL_CHANNEL, { to, call, params }),
  on(hear: Hear): () => void {
    listeners.add(hear);
    for (const { event, data } of missed.splice(0)) hear(event, data);
    return () => {
      listeners.delete(hear);
    };
  },
  pathsOf: (files: File[]): string[] => files.map((file) => Buffer.from(pathOf(file), 'utf8').toString('base64')),
});
