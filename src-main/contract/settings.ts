import { z } from 'zod';
import { commandSchema } from './command-settings';
import { daemonSchema, remoteProbeSchema } from './settings-remote';
import { byteSize } from './settings-units';

/**
 * dropgate.yaml, key by key as DESIGN names them. Unknown keys are errors. Paths are made absolute by the loader.
 * Every key says of itself, for forms made from the schema, what it is called and what it does: `title`, `description`,
 * and where it helps a `format` (`byte-size`, `folder`, `file`, `path` for either) or a `unit`.
 */
const positive = z.number().int().positive();
const port = z.number().int().min(1).max(65535);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, dash and underscore only');

/** A size with its words. */
const size = (title: string, description: string) => ({ title, description, format: 'byte-size' });
const said = (title: string, description: string) => ({ title, description });
const inSeconds = (title: string, description: string) => ({ title, description, unit: 'seconds' });
const inDays = (title: string, description: string) => ({ title, description, unit: 'days' });
const aFolder = (title: string, description: string) => ({ title, description, format: 'folder' });
const aFile = (title: string, description: string) => ({ title, description, format: 'file' });

const pathEntry = z.string().meta({ ...said('Path', 'A file, or a folder with all files in it.'), format: 'path' });
const fileEntry = z.string().meta(aFile('File', 'A file with one hash a line.'));
const probeEntry = id.meta(said('Probe', 'The id of a probe.'));

export const limitsSchema = z.strictObject({
  fileBytes: byteSize.prefault('2GiB').meta(size('Largest file', 'A larger file is held without a scan.')),
  archiveDepth: positive.default(17).meta(said('Archive depth', 'How many archives may lie one in the other.')),
  archiveFiles: positive.default(10_000).meta(said('Archive files', 'How many files one archive may unpack to.')),
  archiveBytes: byteSize.prefault('4GiB').meta(size('Archive size', 'How much one archive may unpack to.')),
  archiveRatio: positive
    .default(200)
    .meta(said('Archive ratio', 'How many times larger than the archive its content may be.')),
  seconds: positive.default(120).meta(inSeconds('Scan time', 'How long one probe may take for one file.')),
});
export type Limits = z.infer<typeof limitsSchema>;

/** Below this much output no ratio is asked about: small files compress well without being bombs. */
export const RATIO_FROM_BYTES = 10 * 1024 * 1024;

export const DEFAULT_PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'] as const;
/** Probes that are there once they have settings; no profile has them unless it names them. */
export const CONFIGURED_PROBES = ['command'] as const;

export const profileSchema = z.strictObject({
  probes: z
    .array(probeEntry)
    .min(1)
    .default([...DEFAULT_PROBES])
    .meta(said('Probes', 'The probes that look at every file.')),
  required: z
    .union([z.literal('auto'), z.array(probeEntry)])
    .default('auto')
    .meta(
      said('Required probes', 'Probes without whose answer no file is clean; auto takes all that this machine has.'),
    ),
  destination: id
    .optional()
    .meta(said('Destination', 'Where clean files go; without one they stay in the data folder.')),
  source: z
    .enum(['keep', 'move'])
    .default('keep')
    .meta(said('Source', 'Whether the original file stays, or is removed once its end is durable.')),
  limits: limitsSchema.prefault({}).meta(said('Limits', 'What is beyond these limits is held, never let through.')),
  passwords: z
    .array(z.string().meta(said('Password', 'A password for encrypted archives and PDFs.')))
    .default(['infected'])
    .meta(said('Archive passwords', 'Passwords that are tried on encrypted archives and PDFs.')),
});
export type ProfileSettings = z.infer<typeof profileSchema>;

const folderDestination = z
  .strictObject({
    kind: z.literal('folder').meta(said('Kind', 'A folder of this machine or of a mounted share.')),
    dir: z.string().min(1).meta(aFolder('Folder', 'Clean files go here, below a folder for each submission.')),
  })
  .meta(said('Folder', 'Clean files go into a folder.'));
const s3Destination = z
  .strictObject({
    kind: z.literal('s3').meta(said('Kind', 'A bucket of Amazon S3 or of a server that speaks its language.')),
    bucket: z.string().min(1).meta(said('Bucket', 'The bucket that clean files go to; it must exist.')),
    prefix: z.string().default('').meta(said('Prefix', 'The beginning of every key, such as inbound/.')),
    region: z.string().default('us-east-1').meta(said('Region', 'The region that the bucket is in.')),
    endpoint: z.url().optional().meta(said('Endpoint', 'The URL of the server; without one it is Amazon.')),
    pathStyle: z
      .boolean()
      .default(false)
      .meta(said('Path style', 'The bucket stands in the path and not in the host name; most own servers need it.')),
    checksums: z
      .enum(['when_supported', 'when_required'])
      .default('when_supported')
      .meta(said('Checksums', 'Send checksums with every upload, or only where the server insists.')),
    conditionalPut: z
      .enum(['auto', 'on', 'off'])
      .default('auto')
      .meta(said('Conditional put', 'Let the server refuse to replace an object; auto also looks first.')),
  })
  .meta(said('S3', 'Clean files go into a bucket.'));
export type FolderDestination = z.infer<typeof folderDestination>;
export type S3Destination = z.infer<typeof s3Destination>;
export const destinationSchema = z.discriminatedUnion('kind', [folderDestination, s3Destination]);
export type DestinationSettings = z.infer<typeof destinationSchema>;

const clamavSchema = z.strictObject({
  socket: z.string().optional().meta(aFile('Socket', 'The socket that clamd listens on.')),
  host: z.string().optional().meta(said('Host', 'The machine that clamd runs on, where it listens on TCP.')),
  port: port.optional().meta(said('Port', 'The TCP port that clamd listens on.')),
  /** `clamscan` or a path: scan with the local binaries when the daemon is away. */
  binary: z.string().optional().meta(aFile('Program', 'clamscan or its path, used when the daemon is away.')),
  maxBytes: byteSize.optional().meta(size('Largest file', 'The size up to which clamd scans, as its own limits say.')),
  /** clamd.conf to learn limits from; found by itself where it lies in the usual places. */
  configFile: z.string().optional().meta(aFile('clamd.conf', "The daemon's configuration, to learn its limits from.")),
  timeoutSeconds: positive.default(120).meta(inSeconds('Time limit', 'How long ClamAV may take for one file.')),
});
export type ClamavSettings = z.infer<typeof clamavSchema>;

const yaraSchema = z.strictObject({
  rules: z.array(pathEntry).default([]).meta(said('Rules', 'Rule files and folders, beside those that come along.')),
  processes: positive.default(2).meta(said('Processes', 'How many files are scanned at once.')),
  maxBytes: byteSize.prefault('512MiB').meta(size('Largest file', 'A larger file is not scanned by YARA.')),
  timeoutSeconds: positive.default(60).meta(inSeconds('Time limit', 'How long YARA may take for one file.')),
});
export type YaraSettings = z.infer<typeof yaraSchema>;

const hashListSchema = z.strictObject({
  deny: z.array(fileEntry).default([]).meta(said('Deny lists', 'A file whose hash stands here is infected.')),
  allow: z
    .array(fileEntry)
    .default([])
    .meta(said('Allow lists', 'For a file whose hash stands here, suspicious findings do not count.')),
});
export type HashListSettings = z.infer<typeof hashListSchema>;

export const watchSchema = z.strictObject({
  dir: z.string().min(1).meta(aFolder('Folder', 'Files that appear in this folder are gated.')),
  profile: id.default('default').meta(said('Profile', 'The profile that its files are gated with.')),
  settleMs: z
    .number()
    .int()
    .min(0)
    .default(2000)
    .meta({ ...said('Settle time', 'How long a file must be still before it is taken.'), unit: 'milliseconds' }),
  recursive: z.boolean().default(true).meta(said('With subfolders', 'Folders inside the folder are watched too.')),
  poll: z.boolean().default(false).meta(said('Poll', 'Look again and again, for shares that tell of no changes.')),
  ignore: z
    .array(z.string().meta(said('Pattern', 'A pattern of names, such as *.part.')))
    .default([])
    .meta(said('Ignore', 'Names that are left alone, beside those of unfinished downloads.')),
  source: z
    .enum(['keep', 'move'])
    .optional()
    .meta(said('Source', 'Whether originals stay or are removed; without it the profile says.')),
  paused: z.boolean().default(false).meta(said('Paused', 'Files that appear wait until this is off.')),
});
export type WatchSettings = z.infer<typeof watchSchema>;

export const settingsSchema = z.strictObject({
  dataDir: z
    .string()
    .min(1)
    .optional()
    .meta(aFolder('Data folder', 'Holds the ledger, the private copies and what is held.')),
  quarantine: z
    .strictObject({
      dir: z.string().min(1).optional().meta(aFolder('Folder', 'Quarantined files are kept here, made harmless.')),
    })
    .prefault({})
    .meta(said('Quarantine', 'Where infected and suspicious files are kept.')),
  staging: z
    .strictObject({
      maxBytes: byteSize
        .prefault('20GiB')
        .meta(size('Private copies', 'How much private copies may take up together.')),
      minFreeBytes: byteSize
        .prefault('2GiB')
        .meta(size('Free space', 'So much stays free on the disks that Dropgate writes to; of a small one a tenth.')),
    })
    .prefault({})
    .meta(said('Room', 'When nothing new is taken until files have gone on.')),
  destinations: z
    .record(id, destinationSchema)
    .default({})
    .meta(said('Destinations', 'Places that clean files can go to, by name.')),
  profiles: z
    .record(id, profileSchema)
    .default({})
    .meta(said('Profiles', 'Named sets of probes, limits and a destination; "default" is always there.')),
  probes: z
    .strictObject({
      clamav: clamavSchema
        .optional()
        .meta(said('ClamAV', 'How clamd is reached; found by itself in the usual places.')),
      yara: yaraSchema.prefault({}).meta(said('YARA', 'Scans with rules.')),
      'hash-list': hashListSchema.prefault({}).meta(said('Hash lists', 'Compares hashes with lists of your own.')),
      remote: z
        .array(remoteProbeSchema.meta(said('Remote probe', 'A detection daemon on this or another machine.')))
        .default([])
        .meta(said('Remote probes', 'Detection daemons that files are sent to.')),
      command: commandSchema.optional().meta(said('Commands', 'Runs programs of your own on files.')),
    })
    .prefault({})
    .meta(said('Probes', 'Settings of single probes.')),
  watch: z
    .array(watchSchema.meta(said('Watched folder', 'A folder whose files are gated by themselves.')))
    .default([])
    .meta(said('Watched folders', 'Folders whose files are gated by themselves.')),
  worker: z
    .strictObject({
      daemon: daemonSchema.optional().meta(said('Daemon', 'What dropgate worker offers to other machines over HTTP.')),
    })
    .prefault({})
    .meta(said('Worker', 'Settings of dropgate worker.')),
  retention: z
    .strictObject({
      historyDays: positive.default(365).meta(inDays('History', 'How long results stay in the history.')),
      quarantineDays: z
        .number()
        .int()
        .min(0)
        .default(0)
        .meta(inDays('Quarantine', 'How long quarantined files are kept; 0 keeps them for ever.')),
    })
    .prefault({})
    .meta(said('Retention', 'How long things are kept.')),
});
/** What dropgate.yaml says, parsed, with defaults. */
export type Settings = z.infer<typeof settingsSchema>;

/** Keys of later parts of the contract: named so that their error says "not in this version" and not "unknown". */
export const RESERVED_KEYS = ['queue', 'bucketWorkers', 'api', 'probes.icap'] as const;
