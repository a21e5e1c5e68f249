import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { describe, onTestFinished } from 'vitest';

/** Why this process cannot mount a disk of its own; null when it can. Root on Linux is what it takes. */
export function cannotMount(): string | null {
  return process.platform === 'linux' && process.getuid?.() === 0 ? null : 'root on Linux, to mount a small disk';
}

/** `describe` for tests that mount a disk; as describeWith where none can be mounted. */
export function describeWithDisk(title: string, tests: () => void): void {
  const missing = cannotMount();
  if (missing === null) {
    describe(title, tests);
    return;
  }
  if (process.env.CI === 'true') throw new Error(`CI must be able to mount a disk; missing: ${missing}`);
  describe.skip(`${title} [missing: ${missing}]`, tests);
}

/** Mounts an empty file system of `bytes` in memory at `folder`, which is made; unmounted after the test. */
export function mountSmallDisk(folder: string, bytes: number): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'dropgate-test', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
}

/** Makes the file system at `folder` read-only, or writable again. */
export function remount(folder: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, folder]);
}
