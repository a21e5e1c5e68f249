// Where benchmarks keep things, and the commands that they compare.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from '../../scripts/builds.mjs';
import { findNode24, LEAN, root } from '../../scripts/runtime.mjs';

export { root };
export const cache = join(root, '.cache', 'bench');
mkdirSync(cache, { recursive: true });

/** The released command as its launcher runs it, without the launcher: [node, flags, cli.js] of an up-to-date build. */
export function dropgateCommand() {
  const node = findNode24();
  if (node === null) throw new Error('Node 24 is not installed');
  Object.assign(process.env, LEAN.env);
  return [node, ...LEAN.args, join(ensureBuild(), 'cli.js')];
}
