import { constants, setPriority } from 'node:os';
import { DropgateError, messageOf } from '../base/errors';
import { assertSound, backUp, DAMAGED_EXIT } from './backup';

/**
 * Entry of the backup's process, `<ledger> [<folder>]`: why it failed is told on standard error. Without a folder it only
 * looks for damage.
 */
const [ledger = '', folder] = process.argv.slice(2);
setPriority(constants.priority.PRIORITY_LOW); // nobody waits for it
run().catch((error: unknown) => {
  process.stderr.write(messageOf(error));
  process.exitCode = error instanceof DropgateError && error.code === 'LEDGER_CORRUPT' ? DAMAGED_EXIT : 1;
});

async function run(): Promise<void> {
  if (folder === undefined) assertSound(ledger);
  else await backUp(ledger, folder);
}
