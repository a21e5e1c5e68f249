import { spawnSync } from 'node:child_process';
import { ensureBuild } from '../../scripts/builds.mjs';
import { findElectron } from '../../scripts/electron.mjs';
import { messageOf } from '../../src-main/base/errors';

/**
 * Finds an Electron and builds the window once, for every file of test/e2e. What this machine lacks for that is told by
 * DROPGATE_E2E_MISSING, which `describeWindow` names.
 */
export default async function setup(): Promise<void> {
  if (process.env.DROPGATE_E2E_MISSING !== undefined) return;
  if (process.env.DROPGATE_PACKAGED === undefined) {
    const problem = await findOne();
    if (problem !== null) {
      process.env.DROPGATE_E2E_MISSING = problem;
      return;
    }
  }
  const build = ensureBuild('window');
  process.env.DROPGATE_TEST_BUILD = build;
  process.env.DROPGATE_ENTRIES = build;
}

/** Why there is no Electron that starts here; null when there is one. */
async function findOne(): Promise<string | null> {
  try {
    const { path } = await findElectron((text) => process.stderr.write(`${text}\n`));
    process.env.DROPGATE_TEST_ELECTRON = path;
    const libraries = missingLibraries(path);
    return libraries.length === 0 ? null : `what Electron loads (${libraries.join(' ')})`;
  } catch (error) {
    return `an Electron (${messageOf(error).split('\n')[0] ?? ''})`;
  }
}

/** Shared libraries that a program asks for and this system does not have; none where that cannot be asked. */
function missingLibraries(program: string): string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}
