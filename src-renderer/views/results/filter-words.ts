import type { Say } from '../../i18n/text';
import type { ResultsFilter, SINCE_HOURS } from './results-filter';

const SINCE_TEXTS = { 1: 'results.hour', 24: 'results.day', 168: 'results.week', 720: 'results.month' } as const;

export function sinceWords(say: Say, hours: (typeof SINCE_HOURS)[number]): string {
  return say(SINCE_TEXTS[hours]);
}

/** A filter in words, for the message that says why nothing is shown. */
export function filterWords(say: Say, filter: ResultsFilter, titleOf: (probe: string) => string): string {
  const { text, verdicts, dispositions, probe, sinceHours, submission } = filter;
  return [
    text === '' ? null : `“${text}”`,
    verdicts.length === 0 ? null : verdicts.map((verdict) => say(`verdict.${verdict}`)).join(', '),
    dispositions.length === 0 ? null : dispositions.map((disposition) => say(`state.${disposition}`)).join(', '),
    probe === null ? null : titleOf(probe),
    sinceHours === null ? null : sinceWords(say, sinceHours),
    submission === null ? null : say('results.oneSubmission'),
  ]
    .filter((words) => words !== null)
    .join(' · ');
}
