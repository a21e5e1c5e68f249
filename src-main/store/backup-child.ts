import { constants, setPriority } from 'node:os';
import { DropgateError, messageOf } from '../base/errors';
import { backUp, DAMAGED_EXIT } from './backup';

/** Entry of the backup's process, `<ledger> <folder>`: why it failed is told on standard error. */
const [ledger = '', folder = ''] = process.argv.slice(2);
setPriority(constants.priority.PRIORITY_LOW); // nobody waits for it
backUp(ledger, folder).catch((error: unknown) => {
  process.stderr.write(messageOf(error));
  process.exitCode = error instanceof DropgateError && error.code === 'LEDGER_CORRUPT' ? DAMAGED_EXIT : 1;
});
