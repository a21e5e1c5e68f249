// npm run build: the release build of the programs and the window into out/main.
import { join } from 'node:path';
import { buildInto } from './builds.mjs';
import { root } from './runtime.mjs';

try {
  buildInto(join(root, 'out', 'main'));
} catch (error) {
  process.stderr.write(`dropgate: ${error.message}\n`);
  process.exit(1);
}
