import { z } from 'zod';
import { byteSize } from './settings-units';

const positive = z.number().int().positive();

/** A key with its words; see settings.ts. */
const key = <T extends z.ZodType>(
  schema: T,
  title: string,
  description: string,
  more: Record<string, string> = {},
): T => schema.meta({ title, description, ...more });
const SIZE = { format: 'byte-size' };
const SECONDS = { unit: 'seconds' };

/** `probes.command`. */
export const commandSchema = z.strictObject({
  apis: key(z.string().min(1), 'Definitions', 'The api.yml that says which commands look at which files.', {
    format: 'file',
  }),
  root: key(
    z.string().min(1).optional(),
    'Folder of the APIs',
    'What the commands need, in a folder for each type; without it the folder of the definitions.',
    { format: 'folder' },
  ),
  logs: key(z.string().min(1).optional(), 'Logs', 'What the commands wrote; without it in the data folder.', {
    format: 'folder',
  }),
  logFiles: key(positive.default(10_000), 'Log files', 'How many logs are kept; the oldest are removed.'),
  processes: key(positive.default(2), 'Processes', 'How many files are looked at at once.'),
  maxBytes: key(byteSize.prefault('512MiB'), 'Largest file', 'A larger file is not looked at by commands.', SIZE),
  timeoutSeconds: key(
    positive.default(120),
    'Time limit',
    'How long scripts and report may take for one file, retries included.',
    SECONDS,
  ),
  installSeconds: key(positive.default(600), 'Time to install', 'How long installing one API may take.', SECONDS),
  maxAttempts: key(positive.default(3), 'Attempts', 'How often a command that fails is tried in all.'),
  retrySeconds: key(
    z.number().min(0).default(10),
    'Rest',
    'How long to wait before a command is tried again.',
    SECONDS,
  ),
  memoryBytes: key(byteSize.prefault('4GiB'), 'Memory', 'How much memory of its own a command may use (Linux).', SIZE),
  outputBytes: key(byteSize.prefault('1MiB'), 'Output', 'How much a command may print.', SIZE),
  writtenBytes: key(byteSize.prefault('1GiB'), 'Written files', 'How large a file a command may write (Linux).', SIZE),
});
export type CommandSettings = z.infer<typeof commandSchema>;
