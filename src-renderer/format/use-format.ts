import { type Language, useLanguage } from '../state/language';
import { byteCountIn, bytesIn, countIn, rateIn, shortCountIn } from './numbers';
import { ageIn, clockIn, durationIn, exactIn, relativeIn, tickIn } from './time';

function formatsOf(language: Language) {
  return {
    bytes: (bytes: number) => bytesIn(language, bytes),
    byteCount: (bytes: number) => byteCountIn(language, bytes),
    rate: (bytesPerSecond: number) => rateIn(language, bytesPerSecond),
    count: (count: number) => countIn(language, count),
    shortCount: (count: number) => shortCountIn(language, count),
    /** Milliseconds. */
    duration: (ms: number) => durationIn(language, ms),
    age: (ms: number) => ageIn(language, ms),
    /** Milliseconds since 1970. */
    relative: (at: number, now: number) => relativeIn(language, at, now),
    exact: (at: number) => exactIn(language, at),
    clock: (at: number) => clockIn(language, at),
    tick: (at: number) => tickIn(language, at),
  } as const;
}
export type Formats = ReturnType<typeof formatsOf>;

const formats: Readonly<Record<Language, Formats>> = { en: formatsOf('en'), fr: formatsOf('fr') };

/** Numbers, sizes and times as the window's language writes them. */
export function useFormat(): Formats {
  return formats[useLanguage((state) => state.language)];
}

/** The same outside of a component. */
export function currentFormat(): Formats {
  return formats[useLanguage.getState().language];
}
