// node scripts/node24.mjs FILE ARGS...: runs FILE on Node 24, whatever Node started this.
import { runOnNode24 } from './runtime.mjs';

runOnNode24(process.argv.slice(2));
