// npm run fuzz [-- --count N] [--seed WORD]: the mutated archives of the tests, many more of them. Mutants that were called
// clean though EICAR can still be unpacked from them are kept in .cache/fuzz; seed and number make them anew.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './runtime.mjs';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now()) } },
});
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write('fuzz: the count is whole and positive\n');
  process.exit(2);
}
console.log(`${count} mutants, seed ${values.seed}`);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/integration/archive-fuzz.test.ts'], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, FUZZ_COUNT: String(count), FUZZ_SEED: values.seed },
});
process.exit(status ?? 1);
