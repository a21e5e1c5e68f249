import { describe, expect, it } from 'vitest';
import { splitForMiddle } from '../../../../src-renderer/format/middle';
import { byteCountIn, bytesIn, rateIn, shortCountIn } from '../../../../src-renderer/format/numbers';
import { ageIn, durationIn, relativeIn } from '../../../../src-renderer/format/time';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 KiB'],
    [1023 * 1024, '1 MiB'],
    [3_250_586, '3.1 MiB'],
    [26_214_400, '25 MiB'],
    [2_254_857_830, '2.1 GiB'],
    [1024 ** 5 * 2000, '2,000 PiB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(plain(bytesIn('en', bytes))).toBe(words);
  });

  it('have the comma and the units of French', () => {
    expect(plain(rateIn('fr', 3_250_586))).toBe('3,1 Mio/s');
    expect(plain(bytesIn('fr', 812))).toBe('812 o');
  });

  it('are told to the byte where somebody wants to know', () => {
    expect(plain(byteCountIn('en', 3_250_586))).toBe('3,250,586 B');
    expect(plain(byteCountIn('fr', 3_250_586))).toBe('3 250 586 o');
  });

  it('are short in a badge', () => {
    expect([shortCountIn('en', 999), shortCountIn('en', 12_345)]).toEqual(['999', '12K']);
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [40, '40 ms'],
    [1234, '1.2 s'],
    [59_499, '59 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_900, '1 h'],
    [12_000_000, '3 h 20 min'],
    [86_400_000, '1 d'],
    [360_000_000, '4 d 4 h'],
  ])('%d ms are %s', (ms, words) => {
    expect(plain(durationIn('en', ms))).toBe(words);
  });

  it('have the comma and the day of French', () => {
    expect(plain(durationIn('fr', 1234))).toBe('1,2 s');
    expect(plain(durationIn('fr', 360_000_000))).toBe('4 j 4 h');
  });

  it('keep number and unit on one line', () => {
    expect(durationIn('en', 125_000)).toBe('2\u00a0min\u00a05\u00a0s');
  });

  it.each([
    [0, '<1 min'],
    [-5000, '<1 min'],
    [-7_200_000, '−2 h'],
    [59_000, '<1 min'],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [12_600_000, '3 h'],
    [86_399_000, '23 h'],
    [360_000_000, '4 d'],
  ])('as an age, %d ms are %s: whole, and never nothing', (ms, words) => {
    expect(plain(ageIn('en', ms))).toBe(words);
  });

  it('are told from now on in both languages', () => {
    const now = Date.UTC(2026, 10, 21, 14);
    expect(relativeIn('en', now - 2000, now)).toBe('now');
    expect(relativeIn('en', now - 300_000, now)).toBe('5 min. ago');
    expect(plain(relativeIn('fr', now - 300_000, now))).toBe('il y a 5 min');
    expect(relativeIn('en', now - 30 * 86_400_000, now)).toBe('Oct 22, 2026');
  });
});

describe('a name that is cut in its middle', () => {
  it('keeps its ending, and is whole when put together', () => {
    const [start, end] = splitForMiddle('Rapport trimestriel consolidé.pdf.exe');
    expect(end).toBe('lidé.pdf.exe');
    expect(start + end).toBe('Rapport trimestriel consolidé.pdf.exe');
  });

  it('is not cut when it is short, nor inside a character', () => {
    expect(splitForMiddle('short.txt')).toEqual(['short.txt', '']);
    expect(splitForMiddle('photo gpj 110.exe')).toEqual(['photo', ' gpj 110.exe']);
    const family = '👨‍👩‍👧‍👦'.repeat(30);
    const [start, end] = splitForMiddle(family);
    expect([start, end]).toEqual(['👨‍👩‍👧‍👦'.repeat(18), '👨‍👩‍👧‍👦'.repeat(12)]);
  });
});
