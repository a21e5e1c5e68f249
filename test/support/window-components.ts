import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** What tests of the window need beside the window itself, Debian's packages of each, and whether it is here. */
const COMPONENTS = {
  xdotool: { packages: 'xdotool', isThere: () => findProgram('xdotool') !== null },
  chromium: { packages: 'chromium', isThere: () => findProgram('chromium') !== null },
  gtk: {
    packages: 'gir1.2-gtk-3.0 python3-gi',
    isThere: () => hasPythonGi() && hasLibrary('girepository-1.0/Gtk-3.0.typelib'),
  },
  'session services': {
    packages: 'dbus-daemon python3-gi libnotify4 libunity9',
    isThere: () =>
      hasPythonGi() &&
      findProgram('dbus-daemon') !== null &&
      hasLibrary('libnotify.so.4') &&
      hasLibrary('libunity.so.9'),
  },
  'key store': { packages: 'gnome-keyring', isThere: () => findProgram('gnome-keyring-daemon') !== null },
} as const;
export type WindowComponent = keyof typeof COMPONENTS;

/** Path of a program of the system, never of one that a user's own shims put before it; null when it is not there. */
export function findProgram(name: string): string | null {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

const hasPythonGi = () => findProgram('python3') !== null && existsSync('/usr/lib/python3/dist-packages/gi');
const hasLibrary = (name: string) =>
  ['x86_64-linux-gnu', 'aarch64-linux-gnu'].some((triple) => existsSync(join('/usr/lib', triple, name)));

/**
 * `describe` for tests of the window. Where it cannot be shown (no X server, no Electron), or a component is missing,
 * they are skipped and the title names what is missing; with CI=true that is a failure.
 */
export function describeWindow(title: string, tests: () => void, components: readonly WindowComponent[] = []): void {
  const all = process.env.DROPGATE_E2E_MISSING;
  const missing = [
    ...(all === undefined ? [] : [all]),
    ...components
      .filter((name) => !COMPONENTS[name].isThere())
      .map((name) => `${name} (apt install ${COMPONENTS[name].packages})`),
  ];
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  if (process.env.CI === 'true') throw new Error(`CI must be able to show the window; missing: ${missing.join(', ')}`);
  describe.skip(`${title} [missing: ${missing.join(', ')}]`, tests);
}
