import { ensureBuild } from '../../scripts/builds.mjs';

/** Builds the programs once, so that tests drive the worker threads, children and command line that are shipped. */
export default function setup(): void {
  process.env.DROPGATE_ENTRIES = ensureBuild();
}
