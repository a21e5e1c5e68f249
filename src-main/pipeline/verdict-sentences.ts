import type { Finding } from '../contract/finding';

/** Categories of findings that judge a file by its shape, not by knowing its content. */
const BY_SHAPE: ReadonlySet<string> = new Set(['disguise', 'archive']);

/** Longest name and longest detail inside a sentence, in characters; `…` stands for what is cut. */
const MOST_NAME = 80;
const MOST_DETAIL = 240;

/** `text` in one line and at most `most` characters, never cut inside a character. */
function cut(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const characters = Array.from(line);
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}

const name = (text: string) => cut(text, MOST_NAME);

/** `text` as in `cut`, but cut in its middle: a message may begin with a long path or end with it. */
function cutMiddle(text: string, most: number): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  if (characters.length <= most) return characters.join('');
  const head = Math.floor(most / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - most).join('')}`;
}

/** A clause that goes into the middle of a sentence: without its own full stop. */
const clause = (text: string) => cutMiddle(text, MOST_DETAIL).replace(/[.;,]+$/, '');

function firstOf(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) throw new Error('a sentence about findings needs one');
  const more = findings.length - 1;
  if (more === 0) return name(first.name);
  return `${name(first.name)} (and ${more} more)`;
}

/** One plain sentence for every way to decide; names of probes are titles. Hostile text arrives escaped. */
export const sentences = {
  denied: (title: string, findings: readonly Finding[]) =>
    `${name(title)} found ${firstOf(findings)}, so this file is on a deny list.`,
  malicious: (title: string, findings: readonly Finding[]) =>
    `${name(title)} found ${firstOf(findings)}, which is ${BY_SHAPE.has(findings[0]?.category ?? '') ? 'malicious' : 'known malware'}.`,
  suspicious: (title: string, findings: readonly Finding[]) =>
    `${name(title)} found ${firstOf(findings)}, which is suspicious.`,
  member: (displayName: string, state: 'infected' | 'suspicious' | 'not proven clean', why: string) =>
    `The member ${name(displayName)} is ${state}: ${clause(why)}.`,
  notTaken: (detail: string) => `This file could not be looked at, because ${clause(detail)}.`,
  missing: (title: string, detail: string) =>
    `${name(title)} could not be reached (${clause(detail)}), so nothing proves this file clean.`,
  failed: (title: string, message: string) =>
    `${name(title)} failed on this file (${clause(message)}), so nothing proves it clean.`,
  engineDied: (times: number) =>
    `The engine ended ${times} times while it worked on this file alone, so nothing proves it clean.`,
  late: (title: string) => `${name(title)} did not answer in time, so nothing proves this file clean.`,
  contradictory: (title: string) =>
    `${name(title)} gave a report that contradicts itself, so nothing proves this file clean.`,
  cancelled: (title: string) => `${name(title)} was cancelled before it looked at this file.`,
  incomplete: (title: string, detail: string) =>
    `${name(title)} did not look at the whole file, because ${clause(detail)}.`,
  noRequired: () => 'No required probe looked at this file, so nothing proves it clean.',
  notForAny: () => 'No required probe looks at files of this type, so nothing proves it clean.',
  twice: (probe: string) => `The probe ${name(probe)} answered twice for this file, so nothing proves it clean.`,
  gateClosed: (title: string, reason: string) =>
    `The gate is closed because of ${name(title)} (${clause(reason)}), so nothing proves this file clean.`,
  /** `required`: how many there are in all; the others are not made for this type of file. */
  clean: (titles: readonly string[], required: number, members: number, foundNothing: string) => {
    const [only] = titles;
    const scope = titles.length < required ? ' for this type of file' : '';
    const who =
      titles.length === 1 && only !== undefined
        ? `${name(only)}, the only required probe${scope},`
        : `All ${titles.length} required probes${scope}`;
    const what = members === 0 ? 'the whole file' : `the whole file and its ${members} member${members > 1 ? 's' : ''}`;
    return `${who} looked at ${what} and ${foundNothing}.`;
  },
  opened: (title: string, members: number) =>
    `${name(title)} calls this file encrypted, but a known password opened it, and all required probes found nothing harmful in its ${members} member${members > 1 ? 's' : ''}.`,
  nothing: () => 'found nothing',
  onlyNotes: () => 'found nothing harmful',
  onlyAllowed: () => 'found nothing but what an allow list permits',
  onlyExcepted: (reason: string) => `found nothing but what an analyst has excepted (${clause(reason)})`,
} as const;
