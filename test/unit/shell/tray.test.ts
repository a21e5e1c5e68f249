import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasSessionServices, TrayIcon } from '../../../src-main/shell/tray';
import { wordsOf } from '../../../src-main/shell/words';
import { tempFolder } from '../../support/temp-folder';

type Heard = (event: unknown, files: string[]) => void;
const system = vi.hoisted(() => ({ tips: [] as string[], made: 0, heard: new Map<string, Heard>() }));

/** Electron's tray as it behaves: whatever is asked of a destroyed one throws. */
vi.mock('electron', () => ({
  Menu: { buildFromTemplate: (template: unknown) => template },
  Tray: class {
    private destroyed = false;
    constructor() {
      system.made += 1;
    }
    on(event: string, hear: Heard): void {
      system.heard.set(event, hear);
    }
    setToolTip(tip: string): void {
      if (this.destroyed) throw new Error('Tray is destroyed');
      system.tips.push(tip);
    }
    setContextMenu(): void {
      if (this.destroyed) throw new Error('Tray is destroyed');
    }
    destroy(): void {
      this.destroyed = true;
    }
  },
}));

const dropped: string[][] = [];
const actions = {
  open: () => undefined,
  review: () => undefined,
  pause: () => undefined,
  drop: (paths: readonly string[]) => dropped.push([...paths]),
  quit: () => undefined,
};

function trayIcon(): TrayIcon {
  const icon = join(tempFolder(), 'tray.png');
  writeFileSync(icon, '');
  return new TrayIcon(icon, actions, () => undefined);
}

beforeEach(() => {
  system.tips = [];
  system.made = 0;
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/run/user/1000/bus');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the tray', () => {
  it('says what changed, once', () => {
    const tray = trayIcon();
    tray.update(wordsOf('en'), null, actions);
    tray.update(wordsOf('en'), null, actions);
    expect(system.tips).toEqual(['Dropgate - The engine does not run']);
  });

  it('gives on the files that are dropped on it, as macOS lets a person do', () => {
    trayIcon();
    system.heard.get('drop-files')?.({}, ['/Users/me/für dich.pdf', '/Users/me/folder']);
    expect(dropped).toEqual([['/Users/me/für dich.pdf', '/Users/me/folder']]);
  });

  it('is silent once it was taken away, while the engine still tells what it drains', () => {
    const tray = trayIcon();
    tray.destroy();
    tray.update(wordsOf('en'), null, actions);
    tray.destroy();
    expect(system.tips).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'needs a session bus, which Chromium calls disabled where there is none',
    () => {
      vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'disabled:');
      expect(hasSessionServices()).toBe(false);
      trayIcon();
      expect(system.made).toBe(0);
    },
  );
});
