import { type Command, Option } from 'commander';

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly dataDir?: string;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

export interface OutputOptions extends CommonOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
}

export interface FileOptions extends OutputOptions {
  readonly profile: string;
  readonly probe: string[];
  readonly force?: boolean;
  readonly all?: boolean;
}

export function withCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: ./dropgate.yaml, then <data folder>/dropgate.yaml)')
    .option('--data-dir <dir>', 'folder for ledger, staging and quarantine')
    .option('--quiet', 'print results only, no progress and no remarks')
    .addOption(new Option('--debug', 'log everything to standard error, with stack traces'));
}

export function withOutputOptions(command: Command): Command {
  return withCommonOptions(command)
    .addOption(new Option('--json', 'print one JSON document').conflicts('ndjson'))
    .option('--ndjson', 'print one JSON document a line');
}

export function withFileOptions(command: Command): Command {
  return withOutputOptions(command)
    .option('--profile <name>', 'profile of the configuration', 'default')
    .option('--probe <id>', 'use this probe (repeatable)', (id: string, ids: string[]) => [...ids, id], [])
    .option('--force', 'scan again, also what is known')
    .option('--all', 'list every clean file too');
}
