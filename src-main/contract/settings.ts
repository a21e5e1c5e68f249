import { z } from 'zod';
import { byteSize } from './settings-units';

/** dropgate.yaml, key by key as DESIGN names them. Unknown keys are errors. Paths are made absolute by the loader. */
const positive = z.number().int().positive();
const port = z.number().int().min(1).max(65535);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, dash and underscore only');

export const limitsSchema = z.strictObject({
  fileBytes: byteSize.default(2 * 1024 ** 3),
  archiveDepth: positive.default(17),
  archiveFiles: positive.default(10_000),
  archiveBytes: byteSize.default(4 * 1024 ** 3),
  archiveRatio: positive.default(200),
  seconds: positive.default(120),
});
export type Limits = z.infer<typeof limitsSchema>;

export const DEFAULT_PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'] as const;

export const profileSchema = z.strictObject({
  probes: z
    .array(id)
    .min(1)
    .default([...DEFAULT_PROBES]),
  required: z.union([z.literal('auto'), z.array(id)]).default('auto'),
  destination: id.optional(),
  source: z.enum(['keep', 'move']).default('keep'),
  limits: limitsSchema.prefault({}),
  passwords: z.array(z.string()).default(['infected']),
});
export type ProfileSettings = z.infer<typeof profileSchema>;

const folderDestination = z.strictObject({ kind: z.literal('folder'), dir: z.string().min(1) });
const s3Destination = z.strictObject({
  kind: z.literal('s3'),
  bucket: z.string().min(1),
  prefix: z.string().default(''),
  region: z.string().default('us-east-1'),
  endpoint: z.url().optional(),
  pathStyle: z.boolean().default(false),
  checksums: z.enum(['when_supported', 'when_required']).default('when_supported'),
  conditionalPut: z.enum(['auto', 'on', 'off']).default('auto'),
});
export type FolderDestination = z.infer<typeof folderDestination>;
export type S3Destination = z.infer<typeof s3Destination>;
export const destinationSchema = z.discriminatedUnion('kind', [folderDestination, s3Destination]);
export type DestinationSettings = z.infer<typeof destinationSchema>;

const clamavSchema = z.strictObject({
  socket: z.string().optional(),
  host: z.string().optional(),
  port: port.optional(),
  /** `clamscan` or a path: scan with the local binaries when the daemon is away. */
  binary: z.string().optional(),
  maxBytes: byteSize.optional(),
  /** clamd.conf to learn limits from; found by itself where it lies in the usual places. */
  configFile: z.string().optional(),
  timeoutSeconds: positive.default(120),
});
export type ClamavSettings = z.infer<typeof clamavSchema>;

const yaraSchema = z.strictObject({
  rules: z.array(z.string()).default([]),
  processes: positive.default(2),
  maxBytes: byteSize.default(512 * 1024 ** 2),
  timeoutSeconds: positive.default(60),
});
export type YaraSettings = z.infer<typeof yaraSchema>;

const hashListSchema = z.strictObject({
  deny: z.array(z.string()).default([]),
  allow: z.array(z.string()).default([]),
});
export type HashListSettings = z.infer<typeof hashListSchema>;

export const watchSchema = z.strictObject({
  dir: z.string().min(1),
  profile: id.default('default'),
  settleMs: z.number().int().min(0).default(2000),
  recursive: z.boolean().default(true),
  poll: z.boolean().default(false),
  ignore: z.array(z.string()).default([]),
  source: z.enum(['keep', 'move']).optional(),
  paused: z.boolean().default(false),
});
export type WatchSettings = z.infer<typeof watchSchema>;

export const settingsSchema = z.strictObject({
  dataDir: z.string().min(1).optional(),
  quarantine: z.strictObject({ dir: z.string().min(1).optional() }).prefault({}),
  destinations: z.record(id, destinationSchema).default({}),
  profiles: z.record(id, profileSchema).default({}),
  probes: z
    .strictObject({
      clamav: clamavSchema.optional(),
      yara: yaraSchema.prefault({}),
      'hash-list': hashListSchema.prefault({}),
    })
    .prefault({}),
  watch: z.array(watchSchema).default([]),
  retention: z
    .strictObject({ historyDays: positive.default(365), quarantineDays: z.number().int().min(0).default(0) })
    .prefault({}),
});
/** What dropgate.yaml says, parsed, with defaults. */
export type Settings = z.infer<typeof settingsSchema>;

/** Keys of later parts of the contract: named so that their error says "not in this version" and not "unknown". */
export const RESERVED_KEYS = [
  'queue',
  'bucketWorkers',
  'api',
  'worker',
  'probes.command',
  'probes.remote',
  'probes.icap',
] as const;
