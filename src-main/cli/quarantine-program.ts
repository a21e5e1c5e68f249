import type { Command } from 'commander';
import { withOutputOptions } from './options';

type Run = <Arguments extends unknown[]>(
  load: () => Promise<(...args: Arguments) => Promise<number>>,
) => (...args: Arguments) => Promise<void>;

/** `dropgate quarantine ...`: review of everything that is held or quarantined. */
export function addQuarantineCommands(dropgate: Command, run: Run): void {
  const quarantine = dropgate.command('quarantine').description('review what is quarantined or held');
  const commands = () => import('./quarantine-commands');

  withOutputOptions(quarantine.command('list'))
    .description('everything quarantined and held, with the reason')
    .addHelpText('after', '\nExample:\n  dropgate quarantine list --held --json')
    .option('--held', 'only held files')
    .option('--quarantined', 'only quarantined files')
    .action(run(async () => (await commands()).listCommand));
  withOutputOptions(quarantine.command('show').argument('<id>'))
    .description('one file: verdict, findings, probes, time line')
    .addHelpText('after', '\nExample:\n  dropgate quarantine show 12')
    .action(run(async () => (await commands()).showCommand));
  withOutputOptions(quarantine.command('restore').argument('<id>').argument('<target>', 'new file, or a folder for it'))
    .description('write the original bytes to a new file; the hash is checked, nothing is overwritten')
    .requiredOption('--reason <text>', 'why; kept in the custody log')
    .addHelpText('after', '\nExample:\n  dropgate quarantine restore 12 ./back/ --reason "false alarm, ticket 4711"')
    .action(run(async () => (await commands()).restoreCommand));
  withOutputOptions(quarantine.command('delete').argument('<id...>'))
    .description('remove the bytes for good; the history stays')
    .addHelpText('after', '\nExample:\n  dropgate quarantine delete 12 13 --reason "malware, confirmed"')
    .requiredOption('--reason <text>', 'why; kept in the custody log')
    .action(run(async () => (await commands()).deleteCommand));
  withOutputOptions(
    quarantine.command('export').argument('<id>').argument('<target>', 'new .zip file, or a folder for it'),
  )
    .description('an AES zip (password "infected") with the file and its report, for colleagues')
    .addHelpText('after', '\nExample:\n  dropgate quarantine export 12 sample.zip')
    .action(run(async () => (await commands()).exportCommand));
  withOutputOptions(quarantine.command('verify').argument('[id...]', 'default: all'))
    .description('check that the kept bytes have the recorded hash')
    .addHelpText('after', '\nExample:\n  dropgate quarantine verify')
    .action(run(async () => (await commands()).verifyCommand));
  withOutputOptions(quarantine.command('rescan').argument('<id...>'))
    .description('scan held files again now')
    .addHelpText('after', '\nExample:\n  dropgate quarantine rescan 12 13')
    .action(run(async () => (await commands()).rescanCommand));
  withOutputOptions(quarantine.command('except').argument('<id>'))
    .description('state that findings on exactly this content are wrong')
    .addHelpText(
      'after',
      '\nExample:\n  dropgate quarantine except 12 --probe yara --days 90 --reason "our own installer"',
    )
    .requiredOption('--probe <id...>', 'whose findings')
    .requiredOption('--reason <text>', 'why; kept in the custody log')
    .option('--days <n>', 'ends after so many days (default: never)')
    .action(run(async () => (await commands()).exceptCommand));
}
