import { Command, CommanderError } from 'commander';
import { useManyDiskThreads } from '../engine/disk-threads';
import { VERSION } from '../engine/version';
import { keepYoungGenerationsSmall } from '../engine/young-generation';
import { endWith, reportFailure } from './failure';
import { withCommonOptions, withFileOptions, withOutputOptions } from './options';
import { addQuarantineCommands } from './quarantine-program';

/** 0 for help and version; 2 from the beginning of a command on, until it ends and says its own. */
let exitCode = 0;

/** Commander hands over (arguments..., options, command); each command's file is loaded only when it runs. */
const run =
  <Arguments extends unknown[]>(load: () => Promise<(...args: Arguments) => Promise<number>>) =>
  async (...args: Arguments): Promise<void> => {
    exitCode = 2;
    exitCode = await (await load())(...args);
  };

function program(): Command {
  const dropgate = new Command('dropgate')
    .description('A gate for files: scanned by several probes, forwarded only when proven clean.')
    .version(VERSION, '--version')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText(
      'after',
      `
Exit codes: 0 all clean, 1 something infected or suspicious, 2 something unverified, failed or wrong.

Examples:
  dropgate scan ~/Downloads              look, move nothing
  dropgate gate --json ./inbox           scan, then forward, quarantine or hold
  dropgate run --config dropgate.yaml    watch folders until a signal
  dropgate worker --daemon               look at files for other machines
  dropgate quarantine list               what is kept, and why`,
    );
  addFileCommands(dropgate);
  addGatewayCommands(dropgate);
  addQuarantineCommands(dropgate, run);
  return dropgate;
}

function addFileCommands(dropgate: Command): void {
  withFileOptions(dropgate.command('scan').argument('<path...>', 'files and folders'))
    .description('scan files where they are; nothing is moved')
    .addHelpText(
      'after',
      '\nExamples:\n  dropgate scan report.pdf photos/\n  dropgate scan --probe yara --json . > results.json',
    )
    .action(run(async () => (await import('./scan-command')).scanCommand));
  withFileOptions(dropgate.command('gate').argument('<path...>', 'files and folders'))
    .description('scan files, then forward, quarantine or hold them as the profile says')
    .addHelpText('after', '\nExamples:\n  dropgate gate inbox/\n  dropgate gate --profile invoices --ndjson inbox/')
    .action(run(async () => (await import('./gate-command')).gateCommand));
}

function addGatewayCommands(dropgate: Command): void {
  withCommonOptions(dropgate.command('run'))
    .description('watch the configured folders until a signal; SIGHUP reloads the configuration, SIGTERM drains')
    .option('--ndjson', 'print one event a line')
    .option('--or-join', 'where another gateway has the data folder, name its socket (with --ndjson) and end with 0')
    .option('--until-input-ends', 'drain and end also when standard input ends')
    .addHelpText('after', '\nExample:\n  dropgate run --config /etc/dropgate/dropgate.yaml --ndjson')
    .action(run(async () => (await import('./run-command')).runCommand));
  withCommonOptions(dropgate.command('worker'))
    .description('look at files for other machines, until a signal; SIGTERM lets what runs end')
    .option('--daemon [host:port]', 'answer the detection API over HTTP (default: worker.daemon, then 127.0.0.1:5000)')
    .option('--allow-posted-commands', 'run whatever a client posts, and not only what api.yml says')
    .option('--ndjson', 'print one event a line')
    .addHelpText('after', '\nExample:\n  dropgate worker --config worker.yaml --daemon 0.0.0.0:5000')
    .action(run(async () => (await import('./worker-command')).workerCommand));
  withOutputOptions(dropgate.command('probes'))
    .description('the probes, their versions, and whether they are ready')
    .option('--canary', "let each probe find its own test file; one that doesn't closes the gate")
    .option('--profile <name>', 'which probes are required', 'default')
    .addHelpText('after', '\nExample:\n  dropgate probes --canary')
    .action(run(async () => (await import('./probes-command')).probesCommand));
  withOutputOptions(dropgate.command('doctor'))
    .description('check runtime, data folder, probes and destinations')
    .addHelpText('after', '\nExample:\n  dropgate doctor')
    .action(run(async () => (await import('./doctor-command')).doctorCommand));
  const audit = dropgate.command('audit').description('the custody log');
  withOutputOptions(audit.command('verify'))
    .description('check the chain of the custody log and the heads in the reports')
    .addHelpText('after', '\nExample:\n  dropgate audit verify')
    .action(run(async () => (await import('./audit-command')).auditCommand));
}

async function main(): Promise<void> {
  keepYoungGenerationsSmall();
  useManyDiskThreads();
  // a reader that is gone (| head) ends us quietly; what was taken is durable, but nobody has seen that all was well
  process.stdout.on('error', () => process.exit(exitCode));
  // a mistake of ours that nobody caught: said like any failure, and never with the 1 of "something infected"
  process.on('uncaughtException', (error) => endWith(error, process.argv.includes('--debug')));
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2;
    else exitCode = reportFailure(error, process.argv.includes('--debug'));
  }
  process.exitCode = exitCode;
}

void main();
