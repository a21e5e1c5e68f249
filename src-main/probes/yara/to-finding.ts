import { escapeHidden } from '../../base/display-name';
import { type Finding, type Severity, severitySchema } from '../../contract/finding';
import type { RuleMatch } from './engine';
import type { RuleFile } from './rule-groups';

/** Patterns shown in the evidence, each with the offset of its first match in bytes. */
const MOST_HITS_SHOWN = 3;
const MOST_TEXT = 500;

/** Tags of a rule that names none. */
const USUAL_GUIDANCE: Record<Severity, readonly string[]> = {
  malicious: ['malware-found'],
  suspicious: ['suspicious-content'],
  info: [],
};

/**
 * The finding for a rule that matched. Its `severity` decides; a rule without one, or with a word that is none (`high`,
 * `75`), is suspicious: never less than its author may have meant. `file` is null when the rule's file is not known.
 */
export function toFinding(match: RuleMatch, file: RuleFile | null): Finding {
  const severity = severityOf(match.meta.get('severity'));
  const guidance = textOf(match.meta.get('guidance'))
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    probe: 'yara',
    name: match.rule,
    severity,
    category: textOf(match.meta.get('category')) || 'yara-rule',
    evidence: evidenceOf(match, file),
    guidance: guidance.length > 0 ? guidance : [...USUAL_GUIDANCE[severity]],
  };
}

function severityOf(value: unknown): Severity {
  const parsed = severitySchema.safeParse(textOf(value).toLowerCase());
  return parsed.success ? parsed.data : 'suspicious';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? escapeHidden(value.trim().slice(0, MOST_TEXT)) : '';
}

/** "Runs what a web request holds ($run at 12, $post at 80; rules/mine.yar)". */
function evidenceOf(match: RuleMatch, file: RuleFile | null): string {
  const first = new Map<string, number>();
  for (const { pattern, offset } of match.hits) if (!first.has(pattern)) first.set(pattern, offset);
  const shown = [...first].slice(0, MOST_HITS_SHOWN).map(([pattern, offset]) => `${pattern} at ${offset}`);
  if (first.size > MOST_HITS_SHOWN) shown.push('...');
  const details = [shown.join(', ')];
  if (file !== null && !file.builtIn) details.push(escapeHidden(file.label));
  const inBrackets = details.filter((detail) => detail !== '').join('; ');
  const description = textOf(match.meta.get('description')) || `rule ${match.rule} matched`;
  return inBrackets === '' ? description : `${description} (${inBrackets})`;
}
