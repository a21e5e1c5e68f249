#!/usr/bin/env node
// The command from a checkout: builds when the sources changed, then runs the command line on Node 24.
// Runs on Node 20 and prints nothing of its own unless something is wrong.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failWithoutNode24, findNode24, LEAN, root, runOnNode24 } from './runtime.mjs';

const checkedOut = existsSync(join(root, 'src-main'));
if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write(`dropgate: the libraries are not installed\n  next: run "npm ci" in ${root}\n`);
  process.exit(2);
}
if (findNode24() === null) failWithoutNode24();
let folder = join(root, 'out', 'main');
if (checkedOut) {
  try {
    folder = (await import('./builds.mjs')).ensureBuild();
  } catch (error) {
    process.stderr.write(`dropgate: ${error.message}\n`);
    process.exit(2);
  }
}
// npm changes into the package's folder; paths on the command line are meant from where the user stands.
if (process.env.INIT_CWD && process.env.npm_lifecycle_event === 'dropgate') process.chdir(process.env.INIT_CWD);
runOnNode24([...LEAN.args, join(folder, 'cli.js'), ...process.argv.slice(2)], LEAN.env);
