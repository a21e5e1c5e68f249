import { z } from 'zod';
import { findingSchema } from '../../contract/finding';

/**
 * What the engine and a YARA child say to each other: lines of UTF-8 over the child's standard input and output.
 * First the rules go down and a hello comes up; then one request a line, answered in the same order, one line each.
 */
export const setupSchema = z.object({
  rules: z.array(z.object({ label: z.string(), text: z.string(), builtIn: z.boolean() })),
});
export type Setup = z.infer<typeof setupSchema>;

export const helloSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    engineVersion: z.string().min(1),
    rules: z.number().int().nonnegative(),
    maxBytes: z.number().int().positive().nullable(),
    /** Why the fast library does not run; null when it does. */
    fallback: z.string().nullable(),
  }),
  /** The rules do not compile; `problem` names file, line and cause. */
  z.object({ kind: z.literal('bad_rules'), problem: z.string().min(1) }),
]);
export type Hello = z.infer<typeof helloSchema>;

/** `size` in bytes as the caller knows it: the child refuses a file of another size. */
export interface Request {
  readonly id: number;
  readonly size: number;
  readonly path: string;
}

const findingsSchema = z.array(findingSchema).min(1);

export type Answer =
  | { readonly kind: 'nothing_found' }
  | { readonly kind: 'found'; readonly findings: z.infer<typeof findingsSchema> }
  | { readonly kind: 'error'; readonly message: string };

/** The path must hold no line break (the caller sees to it). */
export function encodeRequest({ id, size, path }: Request): string {
  return `${id} ${size} ${path}\n`;
}

/** Throws when the line is no request. */
export function decodeRequest(line: string): Request {
  const parts = /^(\d+) (\d+) (.+)$/s.exec(line);
  if (parts === null) throw new Error('not a request');
  return { id: Number(parts[1]), size: Number(parts[2]), path: parts[3] ?? '' };
}

/** A clean file costs a few bytes, and says so in a word of its own. */
export function encodeAnswer(id: number, answer: Answer): string {
  if (answer.kind === 'nothing_found') return `${id} nothing_found\n`;
  return `${id} ${JSON.stringify(answer)}\n`;
}

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), findings: findingsSchema }),
  z.object({ kind: z.literal('error'), message: z.string() }),
]);

/** Throws when the line is not whole and exactly the answer to request `id`. */
export function decodeAnswer(line: string, id: number): Answer {
  if (line === `${id} nothing_found`) return { kind: 'nothing_found' };
  const prefix = `${id} `;
  if (!line.startsWith(prefix)) throw new Error('the answer belongs to another request');
  return answerSchema.parse(JSON.parse(line.slice(prefix.length)));
}
