import { z } from 'zod';
import { verdictMappingSchema } from './verdict-mapping';

/** What is run: a text is for the shell, a list is one program with its arguments and needs none. */
const commandSchema = z.union([z.string().min(1), z.array(z.string()).min(1)], {
  error: 'write a command: a text for the shell, or a list such as [program, argument]',
});
export type Command = string | readonly string[];

/** One command or a list of them. A list of texts alone is a list of commands, as it always was. */
const commandsSchema = z
  .union([z.string().min(1), z.array(commandSchema)], {
    error: 'write a command or a list of them; one that is itself a list stands in a list: [[program, argument]]',
  })
  .transform((commands) => (typeof commands === 'string' ? [commands] : commands));

/** Values as YAML reads them; programs are given texts. */
export const environSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()], { error: 'write a text or a number' }).transform(String),
);

/** One API of api.yml. */
export const apiSchema = z.strictObject({
  remote: z.boolean().default(false),
  workdir: z.string().min(1).optional(),
  environ: environSchema.default({}),
  shared: z.string().min(1).optional(),
  install: commandsSchema.default([]),
  scripts: commandsSchema.default([]),
  report: commandSchema,
  verdict: verdictMappingSchema.optional(),
});
export type Api = z.infer<typeof apiSchema>;
export const API_KEYS = Object.keys(apiSchema.shape);

export const acceptsSchema = z.array(z.string().min(1)).min(1);

/** A file that these definitions find something in: the EICAR test file, or one whose bytes are given here. */
export const canarySchema = z.union(
  [z.literal('eicar'), z.strictObject({ name: z.string().min(1), base64: z.base64().min(1) })],
  { error: 'write eicar, or the keys name and base64' },
);
