import { z } from 'zod';
import { itemPageSchema, itemQuerySchema, itemRowSchema, overviewSchema, submissionRowSchema } from './item-view';
import { destinationSchema } from './settings';

const itemId = z.string().regex(/^\d+$/);
const ids = z.array(itemId).min(1).max(10_000);

/** Where a key of dropgate.yaml is: names and list positions. */
const keyPath = z.array(z.union([z.string(), z.number().int().nonnegative()])).min(1);

const settingsProblem = z.object({ path: keyPath.or(z.array(z.never())), text: z.string() });

/** One change of dropgate.yaml; `value` left out removes the key. */
export const settingsChangeSchema = z.object({ path: keyPath, value: z.json().optional() });
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/**
 * Calls that the window needs beside those of the command line. What acts on many items answers with how many it did
 * and, for each it could not do, why.
 */
const bulkResult = z.object({
  done: z.number(),
  failed: z.array(z.object({ id: itemId, problem: z.string() })),
});
export type BulkResult = z.infer<typeof bulkResult>;

/** What a test of a destination does, in this order; those of folders first, then those of S3. */
export const DESTINATION_TEST_STEPS = [
  'folder',
  'write',
  'publish',
  'remove',
  'space',
  'credentials',
  'upload',
  'read-back',
  'conditional-put',
  'large-files',
  'delete',
] as const;
export type DestinationTestStep = (typeof DESTINATION_TEST_STEPS)[number];

export const WINDOW_CALLS = {
  /** From now on this connection gets `pulse` events; the first one at once. */
  watch: { params: z.object({}), result: z.object({}) },
  /** `offset` counts in the order of `query.sort`; `total` is the number of all that match. */
  items: {
    params: z.object({
      query: itemQuerySchema,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    result: z.object({ rows: z.array(itemRowSchema), total: z.number() }),
  },
  /** Ids of all that match, for "select all"; at most 10,000. */
  'item-ids': { params: z.object({ query: itemQuerySchema }), result: z.object({ ids: z.array(itemId) }) },
  /** `language`: of the guidance. */
  'item-page': { params: z.object({ id: itemId, language: z.enum(['en', 'fr']) }), result: itemPageSchema },
  'item-cancel': { params: z.object({ ids }), result: bulkResult },
  /** Held files are scanned again from their kept bytes; what waits is tried now. */
  'item-retry': { params: z.object({ ids }), result: bulkResult },
  /** Newest first. */
  submissions: {
    params: z.object({
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
      open: z.boolean(),
    }),
    result: z.object({ rows: z.array(submissionRowSchema), total: z.number() }),
  },
  /**
   * A piece of a kept file's bytes, base64, for hex, strings and text; empty behind the end. Nothing else is ever done
   * with them. Quarantined bytes are decoded from the beginning on: a piece far behind takes its time.
   */
  preview: {
    params: z.object({
      id: itemId,
      offset: z.number().int().nonnegative(),
      length: z.number().int().min(1).max(65_536),
    }),
    result: z.object({ bytes: z.base64(), size: z.number() }),
  },
  /**
   * One document over one item or many: text, for the window to save where a person says. `json` is an array of item
   * pages without their reports. BAD_USAGE when the document would be larger than 24 million characters.
   */
  'export-reports': {
    params: z.object({ ids, format: z.enum(['json', 'csv', 'html']), language: z.enum(['en', 'fr']) }),
    result: z.object({ text: z.string() }),
  },
  overview: {
    params: z.object({
      hours: z
        .number()
        .int()
        .min(1)
        .max(24 * 31),
    }),
    result: overviewSchema,
  },
  sweep: { params: z.object({}), result: z.object({}) },
  /**
   * dropgate.yaml as it stands: `written` is what the file says, `effective` what is used (defaults, overrides),
   * `schema` the JSON Schema of all keys with their defaults, `overridden` keys that the environment or the command line
   * sets. `file` is the true place, links followed; `version` names its very bytes. BAD_CONFIG when it is no YAML.
   */
  'settings-read': {
    params: z.object({}),
    result: z.object({
      file: z.string(),
      written: z.json(),
      effective: z.json(),
      schema: z.json(),
      overridden: z.array(z.string()),
      version: z.string(),
    }),
  },
  /**
   * Checked as a whole before anything is written; with problems nothing is. Changes apply one after the other; the
   * position behind the last entry of a list appends. Comments and order of the file stay. `version`: what
   * `settings-read` told; when the file is another by now, that is the one problem. Always hand it over: without it only
   * a change in the very moment of writing is seen, and a configuration behind a link is not written.
   */
  'settings-write': {
    params: z.object({
      changes: z.array(settingsChangeSchema).min(1),
      checkOnly: z.boolean(),
      version: z.string().optional(),
    }),
    result: z.object({ problems: z.array(settingsProblem) }),
  },
  /**
   * Tries a destination that need not be configured yet: what works, and what to set. `name` is one of
   * DESTINATION_TEST_STEPS, for the window to name in its language; a step that is not `ok` says what to do. `ok` as a
   * whole: files can be forwarded, with the settings of `found` where they differ from those given.
   */
  'destination-test': {
    params: z.object({ destination: destinationSchema }),
    result: z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ name: z.enum(DESTINATION_TEST_STEPS), ok: z.boolean(), detail: z.string() })),
      /** Settings that were found to work, to be written. */
      found: z.object({
        region: z.string().optional(),
        pathStyle: z.boolean().optional(),
        checksums: z.enum(['when_supported', 'when_required']).optional(),
        conditionalPut: z.enum(['auto', 'on', 'off']).optional(),
      }),
    }),
  },
} as const;
