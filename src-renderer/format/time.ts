import type { Language } from '../state/language';
import { dateFormat, numberFormat, relativeFormat } from './formatters';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Symbols of the International System, as both languages write them; only the day has none there. */
const SYMBOLS = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', day: 'd' },
  fr: { ms: 'ms', s: 's', min: 'min', h: 'h', day: 'j' },
} as const satisfies Record<Language, unknown>;
type Unit = keyof (typeof SYMBOLS)['en'];

function unitIn(language: Language, value: number, unit: Unit, digits = 0): string {
  const number = numberFormat(language, { maximumFractionDigits: digits }).format(value);
  return `${number}\u00a0${SYMBOLS[language][unit]}`;
}

/** A length of time in its two largest units: `<1 ms`, `40 ms`, `1.2 s`, `32 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`. */
export function durationIn(language: Language, ms: number): string {
  if (ms > 0 && ms < 1) return `<${unitIn(language, 1, 'ms')}`;
  if (ms < SECOND) return unitIn(language, Math.round(ms), 'ms');
  if (ms < 9.95 * SECOND) return unitIn(language, ms / SECOND, 's', 1);
  if (ms < 59.5 * SECOND) return unitIn(language, Math.round(ms / SECOND), 's');
  const seconds = Math.round(ms / SECOND);
  if (seconds < 3600) return two(language, seconds, 60, 'min', 's');
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 24 * 60) return two(language, minutes, 60, 'h', 'min');
  return two(language, Math.round(ms / HOUR), 24, 'day', 'h');
}

function two(language: Language, small: number, each: number, large: Unit, rest: Unit): string {
  const first = unitIn(language, Math.floor(small / each), large);
  return small % each === 0 ? first : `${first}\u00a0${unitIn(language, small % each, rest)}`;
}

/** How old something is, in its largest unit and cut, not rounded: `<1 min`, `12 min`, `3 h`, `4 d`; `−2 h` where a clock is wrong. */
export function ageIn(language: Language, ms: number): string {
  // from the future, beyond what clocks differ by: that is not fresh
  if (ms <= -HOUR) return `−${ageIn(language, -ms)}`;
  if (ms < MINUTE) return `<${unitIn(language, 1, 'min')}`;
  if (ms < HOUR) return unitIn(language, Math.floor(ms / MINUTE), 'min');
  if (ms < DAY) return unitIn(language, Math.floor(ms / HOUR), 'h');
  return unitIn(language, Math.floor(ms / DAY), 'day');
}

/** `now`, `5 min. ago`, `yesterday`; the date after a week. */
export function relativeIn(language: Language, at: number, now: number): string {
  const ago = now - at;
  const words = relativeFormat(language, { numeric: 'auto', style: 'short' });
  const size = Math.abs(ago);
  if (size < 10 * SECOND) return words.format(0, 'second');
  if (size < MINUTE) return words.format(-Math.round(ago / SECOND), 'second');
  if (size < HOUR) return words.format(-Math.round(ago / MINUTE), 'minute');
  if (size < DAY) return words.format(-Math.round(ago / HOUR), 'hour');
  if (size < 7 * DAY) return words.format(-Math.round(ago / DAY), 'day');
  return dateFormat(language, { dateStyle: 'medium' }).format(at);
}

/** Exact, to the second, with the zone. */
export function exactIn(language: Language, at: number): string {
  return dateFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** Time of the day, to the second. */
export function clockIn(language: Language, at: number): string {
  return dateFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/** For the axis of a chart: the day at midnight, else the time. */
export function tickIn(language: Language, at: number): string {
  const midnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  const style = midnight
    ? ({ day: 'numeric', month: 'short' } as const)
    : ({ hour: 'numeric', minute: '2-digit' } as const);
  return dateFormat(language, style).format(at);
}
