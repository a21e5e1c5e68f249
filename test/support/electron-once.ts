import { ensureBuild } from '../../scripts/builds.mjs';
import { findElectron } from '../../scripts/electron.mjs';

/** Finds an Electron and builds the window once, for every file of test/e2e. */
export default async function setup(): Promise<void> {
  const build = ensureBuild('window');
  process.env.DROPGATE_TEST_BUILD = build;
  process.env.DROPGATE_ENTRIES = build;
  const electron = await findElectron((text) => process.stderr.write(`${text}\n`));
  process.env.DROPGATE_TEST_ELECTRON = electron.path;
}
