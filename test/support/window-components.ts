import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** What tests of the window need beside the window itself, and Debian's package of each. */
const COMPONENTS = {
  xdotool: { package: 'xdotool', program: 'xdotool' },
  chromium: { package: 'chromium', program: 'chromium' },
  gtk: { package: 'gir1.2-gtk-3.0 python3-gi', program: 'python3' },
} as const;
export type WindowComponent = keyof typeof COMPONENTS;

/** Path of a program of the system, never of one that a user's own shims put before it; null when it is not there. */
export function findProgram(name: string): string | null {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** GTK as Python sees it, which is what a drag source is made with. */
const hasGtk = () => existsSync('/usr/lib/python3/dist-packages/gi') && typelibs().some((path) => existsSync(path));
const typelibs = () =>
  ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((triple) => `/usr/lib/${triple}/girepository-1.0/Gtk-3.0.typelib`);

function isThere(component: WindowComponent): boolean {
  return findProgram(COMPONENTS[component].program) !== null && (component !== 'gtk' || hasGtk());
}

/**
 * `describe` for tests of the window. Where it cannot be shown (no X server, no Electron), or a component is missing,
 * they are skipped and the title names what is missing; with CI=true that is a failure.
 */
export function describeWindow(title: string, tests: () => void, components: readonly WindowComponent[] = []): void {
  const all = process.env.DROPGATE_E2E_MISSING;
  const missing = [
    ...(all === undefined ? [] : [all]),
    ...components.filter((name) => !isThere(name)).map((name) => `${name} (apt install ${COMPONENTS[name].package})`),
  ];
  if (missing.length === 0) {
    describe(title, tests);
    return;
  }
  if (process.env.CI === 'true') throw new Error(`CI must be able to show the window; missing: ${missing.join(', ')}`);
  describe.skip(`${title} [missing: ${missing.join(', ')}]`, tests);
}
