import type { Language } from '../state/language';
import { numberFormat } from './formatters';

const UNITS = {
  en: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
  fr: ['o', 'Kio', 'Mio', 'Gio', 'Tio', 'Pio'],
} as const satisfies Record<Language, unknown>;
const LARGEST = UNITS.en.length - 1;

/** `812 B`, `3.1 MiB`, in French `3,1 Mio`: three figures at most, and never `1024 KiB`. */
export function bytesIn(language: Language, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < LARGEST) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${numberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${UNITS[language][unit]}`;
}

/** `3,250,586 B`. */
export function byteCountIn(language: Language, bytes: number): string {
  return `${countIn(language, bytes)}\u00a0${UNITS[language][0]}`;
}

export function rateIn(language: Language, bytesPerSecond: number): string {
  return `${bytesIn(language, bytesPerSecond)}/s`;
}

export function countIn(language: Language, count: number): string {
  return numberFormat(language, {}).format(count);
}

/** For a small badge: `12`, `999`, `12k`, `3.4M`. */
export function shortCountIn(language: Language, count: number): string {
  if (count < 1000) return countIn(language, count);
  return numberFormat(language, { notation: 'compact', maximumSignificantDigits: 2 }).format(count);
}
