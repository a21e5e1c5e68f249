import type { Pulse } from '../../src-main/contract/pulse';
import type { Say } from '../i18n/text';

const VERDICTS = ['clean', 'suspicious', 'infected', 'unverified'] as const;

function endedWords(say: Say, before: Pulse, now: Pulse): string {
  const ended = VERDICTS.map((verdict) => ({ verdict, count: now.ended[verdict] - before.ended[verdict] })).filter(
    ({ count }) => count > 0,
  );
  if (ended.length === 0) return '';
  const verdicts = ended.map(({ verdict, count }) => say(`counted.${verdict}`, { count })).join(', ');
  return say('frame.announceEnded', { count: ended.reduce((sum, { count }) => sum + count, 0), verdicts });
}

function gateWords(say: Say, before: Pulse, now: Pulse): string {
  if (before.gate.open === now.gate.open) return '';
  return now.gate.open ? say('frame.announceOpen') : say('frame.announceClosed', { reason: say.told(now.gate.reason) });
}

/** What changed between two pulses, for people who cannot see it; empty when nothing did. A new engine counts from nothing. */
export function announcementOf(say: Say, before: Pulse | null, now: Pulse | null): string {
  if (before === null || now === null || before.pid !== now.pid) return '';
  return [gateWords(say, before, now), endedWords(say, before, now)].filter((words) => words !== '').join('. ');
}
