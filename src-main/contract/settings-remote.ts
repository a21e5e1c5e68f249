import { z } from 'zod';
import { byteSize } from './settings-units';

/** `probes.remote` and `worker.daemon` of dropgate.yaml; words and formats as settings.ts has them. */
const positive = z.number().int().positive();
const said = (title: string, description: string) => ({ title, description });
const inSeconds = (title: string, description: string) => ({ title, description, unit: 'seconds' });
const size = (title: string, description: string) => ({ title, description, format: 'byte-size' });
const aFolder = (title: string, description: string) => ({ title, description, format: 'folder' });
const aFile = (title: string, description: string) => ({ title, description, format: 'file' });

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable');
const aCommand = z.string().min(1).meta(said('Command', 'A command line for the shell of the daemon.'));

const clientTlsSchema = z.strictObject({
  caFile: z.string().min(1).optional().meta(aFile('CA file', 'Certificates (PEM) that its own must be signed by.')),
  certFile: z.string().min(1).optional().meta(aFile('Certificate', 'Certificate (PEM) that is shown to it.')),
  keyFile: z.string().min(1).optional().meta(aFile('Key', 'Private key (PEM) of that certificate.')),
});

/** What original daemons are asked to run: they run what is posted. */
const postedCommandsSchema = z.strictObject({
  install: z.array(aCommand).default([]).meta(said('Install', 'Run once before the first file.')),
  scripts: z.array(aCommand).default([]).meta(said('Scripts', 'Run for each file.')),
  report: aCommand.meta(said('Report', 'Run last for each file; its end is what is told.')),
  shared: z.string().optional().meta(said('Shared', 'Commands with the same word never run at once.')),
  workdir: z.string().default('.').meta(said('Working folder', 'Where the daemon runs them.')),
  environ: z
    .record(variable, z.string().meta(said('Value', 'The value of the variable.')))
    .default({})
    .meta(said('Variables', 'Variables that the commands are given.')),
});
export type PostedCommands = z.infer<typeof postedCommandsSchema>;

const answersSchema = z.strictObject({
  reported: z
    .enum(['clean', 'suspicious', 'malicious', 'error'])
    .default('error')
    .meta(said('All commands succeeded', 'What it means for the file when every command ended with 0.')),
  failed: z
    .enum(['suspicious', 'malicious', 'error'])
    .default('error')
    .meta(said('A command failed', 'What it means for the file when a command ended with another number.')),
});
export type RemoteAnswers = z.infer<typeof answersSchema>;

export const remoteProbeSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dash only')
    .meta(said('Name', 'The id that profiles name this probe by.')),
  url: z.url({ protocol: /^https?$/ }).meta(said('URL', 'Where the daemon listens.')),
  tokenEnv: variable.optional().meta(said('Token variable', 'The environment variable that holds its token.')),
  timeoutSeconds: positive.default(120).meta(inSeconds('Time limit', 'How long it may take for one file.')),
  concurrency: positive.max(256).default(4).meta(said('At once', 'How many files are sent at once.')),
  maxBytes: byteSize.prefault('512MiB').meta(size('Largest file', 'A larger file is not sent.')),
  accepts: z
    .array(z.string().min(1).meta(said('Type', 'A regular expression on MIME type or description.')))
    .min(1)
    .optional()
    .meta(said('Types', 'The types that it is made for; without them all, and one that it lacks is held.')),
  canary: z
    .boolean()
    .default(true)
    .meta(said('Test file', 'It must find the EICAR test file, else the gate is closed.')),
  sharedPath: z
    .strictObject({
      dir: z.string().min(1).meta(aFolder('Folder', 'A folder that the daemon sees too; files are copied here.')),
      as: z
        .string()
        .default('')
        .meta(said('Its path there', 'What the daemon calls that folder; empty: its dumpPath.')),
    })
    .optional()
    .meta(said('Shared folder', 'Files are handed over in a folder instead of being uploaded.')),
  tls: clientTlsSchema.optional().meta(said('TLS', 'Certificates for https.')),
  commands: postedCommandsSchema.optional().meta(said('Commands', 'What an original daemon is asked to run.')),
  answers: answersSchema
    .optional()
    .meta(said('Answers', 'What the answers of an original daemon mean; without it they mean nothing.')),
});
export type RemoteProbeSettings = z.infer<typeof remoteProbeSchema>;

/** Keys without a default have one that the environment of the original daemon can set (engine/daemon-settings.ts). */
export const daemonSchema = z.strictObject({
  listen: z.string().min(1).optional().meta(said('Address', 'HOST:PORT that is listened on.')),
  tokenFile: z.string().min(1).optional().meta(aFile('Token file', 'Holds the token that clients must send.')),
  allowPostedCommands: z
    .boolean()
    .default(false)
    .meta(said('Posted commands', 'Run whatever a client posts, as the original did. Leave it off.')),
  dumpPath: z.string().min(1).optional().meta(aFolder('Shared folder', 'The folder that names of files lead into.')),
  logsPath: z.string().min(1).optional().meta(aFolder('Logs', 'The folder of dump.log and fail.log.')),
  retrySeconds: z
    .number()
    .min(0)
    .optional()
    .meta(inSeconds('Pause', 'How long it waits after a command failed, before it tries again.')),
  maxAttempts: positive.optional().meta(said('Attempts', 'How often a command is tried in all.')),
  concurrency: positive.max(256).default(2).meta(said('At once', 'How many files are looked at at once.')),
  queueLength: z
    .number()
    .int()
    .min(0)
    .default(64)
    .meta(said('Queue', 'How many more may wait; others are told to come again.')),
  maxBytes: byteSize.prefault('2GiB').meta(size('Largest file', 'A larger file is refused.')),
  tls: z
    .strictObject({
      certFile: z.string().min(1).meta(aFile('Certificate', 'Its certificate (PEM).')),
      keyFile: z.string().min(1).meta(aFile('Key', 'Private key (PEM) of that certificate.')),
      clientCaFile: z
        .string()
        .min(1)
        .optional()
        .meta(aFile('Client CA', 'Clients must show a certificate that one of these (PEM) signed.')),
    })
    .optional()
    .meta(said('TLS', 'Listen with https.')),
});
export type DaemonSettings = z.infer<typeof daemonSchema>;
