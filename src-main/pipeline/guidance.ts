import { z } from 'zod';
import english from '../../resources/guidance/en.json';
import french from '../../resources/guidance/fr.json';
import type { Finding, Severity } from '../contract/finding';
import type { UnverifiedReason, Verdict } from '../contract/verdict';

/**
 * One guidance tag in one language: what an ordinary sender must do. The shape is the one that result queues exchange,
 * snake-case link keys included.
 */
export const guidanceTagSchema = z.strictObject({
  tagName: z.string().min(1),
  guidance: z.string().min(1),
  refLinksGuide: z.array(z.strictObject({ description: z.string().min(1), ref_link: z.url() })),
  refLinksTechnical: z.array(z.strictObject({ description: z.string().min(1), tech_link: z.url() })),
});
export type GuidanceTag = z.infer<typeof guidanceTagSchema>;

/** A file of resources/guidance: tag id -> text. */
export const guidanceFileSchema = z.record(z.string().regex(/^[a-z]+(-[a-z]+)*$/), guidanceTagSchema);

export const GUIDANCE_LANGUAGES = ['en', 'fr'] as const;
export type GuidanceLanguage = (typeof GUIDANCE_LANGUAGES)[number];

const FILES: Record<GuidanceLanguage, unknown> = { en: english, fr: french };
const parsed = new Map<GuidanceLanguage, Map<string, GuidanceTag>>();

/** All tags of a language by id. Throws a ZodError when the shipped file is wrong. */
export function guidanceTexts(language: GuidanceLanguage): ReadonlyMap<string, GuidanceTag> {
  let texts = parsed.get(language);
  if (texts === undefined) {
    texts = new Map(Object.entries(guidanceFileSchema.parse(FILES[language])));
    parsed.set(language, texts);
  }
  return texts;
}

const TAG_OF_REASON: Record<UnverifiedReason, string> = {
  probe_error: 'probe-error',
  probe_missing: 'probe-missing',
  timeout: 'timeout',
  encrypted: 'encrypted-file',
  limit_exceeded: 'limit-exceeded',
  unsupported: 'unsupported',
  changed: 'changed',
  partial: 'partial',
  cancelled: 'cancelled',
  unreadable: 'unreadable',
};

/** Tags of findings that say of a reason what its own tag says in general. */
const TELLS_MORE: Partial<Record<UnverifiedReason, readonly string[]>> = {
  limit_exceeded: ['archive-limits', 'archive-bomb'],
  unsupported: ['unopened-container'],
  partial: ['archive-damaged'],
};

/** Most pressing first. */
const SEVERITY_ORDER: readonly Severity[] = ['malicious', 'suspicious', 'info'];

/** Tags of one finding that have a text; a rule of a user may name tags that have none. */
function tagsOf(finding: Finding): string[] {
  const known = finding.guidance.filter((tag) => guidanceTexts('en').has(tag));
  if (known.length > 0 || finding.severity === 'info') return known;
  return [finding.severity === 'malicious' ? 'malware-found' : 'suspicious-content'];
}

/**
 * Ids of the tags that help with this verdict, each once, most pressing first: those of the findings by severity, then
 * the one of the reason where none of them says more. Findings that were silenced (the verdict is clean all the same) advise nothing.
 */
export function guidanceTags(findings: readonly Finding[], verdict: Verdict): string[] {
  const tags = SEVERITY_ORDER.filter((severity) => verdict.kind !== 'clean' || severity === 'info').flatMap(
    (severity) => findings.filter((finding) => finding.severity === severity).flatMap(tagsOf),
  );
  if (verdict.kind === 'unverified') {
    const { reason } = verdict;
    if (!tags.some((tag) => TELLS_MORE[reason]?.includes(tag) === true)) tags.push(TAG_OF_REASON[reason]);
  }
  // an archive whose member decided it has no finding of its own
  if (tags.length === 0 && verdict.kind === 'infected') tags.push('malware-found');
  if (tags.length === 0 && verdict.kind === 'suspicious') tags.push('suspicious-content');
  return [...new Set(tags)];
}

/** guidanceTags with their texts, as a report shows them. */
export function guidanceFor(
  findings: readonly Finding[],
  verdict: Verdict,
  language: GuidanceLanguage,
): { tag: string; title: string; guidance: string }[] {
  return guidanceTags(findings, verdict).flatMap((tag) => {
    const text = guidanceTexts(language).get(tag);
    return text === undefined ? [] : [{ tag, title: text.tagName, guidance: text.guidance }];
  });
}
