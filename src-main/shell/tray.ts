import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import { messageOf } from '../base/errors';
import { existsSync } from '../base/files';
import type { Pulse } from '../contract/pulse';
import type { Words } from './words';

export interface TrayActions {
  readonly open: () => void;
  readonly review: () => void;
  readonly pause: (paused: boolean) => void;
  /** Files and folders that were dropped on the icon (macOS). */
  readonly drop: (paths: readonly string[]) => void;
  readonly quit: () => void;
}

/** What the tray says: the gate, what is in work, what waits for a person. `pulse` null while no engine runs. */
export function trayTemplate(words: Words, pulse: Pulse | null, actions: TrayActions): MenuItemConstructorOptions[] {
  const review = pulse === null ? 0 : pulse.counts.held + pulse.counts.quarantined;
  return [
    { label: words.open, click: actions.open },
    { type: 'separator' },
    { label: gateLine(words, pulse), enabled: false },
    ...(pulse === null
      ? []
      : [
          { label: words.inWork(pulse.counts.unsettled), enabled: false },
          { label: words.toReview(review), enabled: review > 0, click: actions.review },
          { type: 'separator' as const },
          { label: pulse.paused ? words.resume : words.pause, click: () => actions.pause(!pulse.paused) },
        ]),
    { type: 'separator' },
    { label: words.quit, click: actions.quit },
  ];
}

export function gateLine(words: Words, pulse: Pulse | null): string {
  if (pulse === null) return words.engineAway;
  if (pulse.paused) return words.gatePaused;
  return pulse.gate.open ? words.gateOpen : `${words.gateClosed}: ${words.told(pulse.gate.reason)}`;
}

/** The icon in the desktop's tray, where it has one. */
export class TrayIcon {
  private tray: Tray | null;
  private shown = '';

  constructor(icon: string, actions: TrayActions, warn: (text: string) => void) {
    this.tray = createTray(icon, warn);
    this.tray?.on('click', actions.open);
    this.tray?.on('drop-files', (_event, paths) => actions.drop(paths));
  }

  /** Says it anew, only when it says something else. */
  update(words: Words, pulse: Pulse | null, actions: TrayActions): void {
    if (this.tray === null) return;
    const template = trayTemplate(words, pulse, actions);
    const said = template.map(({ label, enabled }) => `${label ?? '-'}${enabled ?? true}`).join('\n');
    if (said === this.shown) return;
    this.shown = said;
    this.tray.setToolTip(`Dropgate - ${gateLine(words, pulse)}`);
    this.tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  /** Takes it from the tray; what is updated from then on shows nothing, for an engine still tells what it drains. */
  destroy(): void {
    this.tray?.destroy();
    this.tray = null;
  }
}

/** On Linux, tray and notices are services of the session bus: without one, for which Chromium sets `disabled:`, there are none. */
export function hasSessionServices(): boolean {
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? '';
  return process.platform !== 'linux' || (bus !== '' && !bus.startsWith('disabled:'));
}

function createTray(icon: string, warn: (text: string) => void): Tray | null {
  if (!hasSessionServices() || !existsSync(icon)) return null;
  try {
    return new Tray(icon);
  } catch (error) {
    warn(`this desktop shows no tray icon: ${messageOf(error)}`);
    return null;
  }
}
