import { describe, expect, it } from 'vitest';
import { originOf, originWords } from '../../../../src-renderer/format/origin';
import { nameOfPath, visibleName } from '../../../../src-renderer/format/visible-name';
import { currentText } from '../../../../src-renderer/i18n/text';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('names that did not come through the engine', () => {
  it('show what hides or turns text around', () => {
    expect(visibleName('photo\u202egpj.exe')).toBe('photo\\u{202e}gpj.exe');
    expect(visibleName('a\nb\u0007')).toBe('a\\nb\\u{7}');
    expect(visibleName('été 報告書.zip')).toBe('été 報告書.zip');
  });

  it('are the last part of a path, whose separators are those of its system', () => {
    expect(nameOfPath(base64('/home/ana/in/'))).toBe('in');
    expect(nameOfPath(base64('/tmp/a\\b.txt'))).toBe('a\\b.txt');
    expect(nameOfPath(base64('C:\\in\\b.txt'))).toBe('b.txt');
    expect(nameOfPath(base64('/'))).toBe('/');
  });
});

describe('where a submission came from', () => {
  it('is taken out of the words of the engine', () => {
    expect(originOf('command: /a/b and c.txt and 3 more')).toEqual({
      kind: 'command',
      place: '/a/b and c.txt',
      more: 3,
    });
    expect(originOf('window: /a')).toEqual({ kind: 'window', place: '/a', more: 0 });
    expect(originOf('watch: /in and 2 more')).toEqual({ kind: 'watch', place: '/in and 2 more', more: 0 });
    expect(originOf('s3 event 7')).toEqual({ kind: 'other', place: 's3 event 7', more: 0 });
  });

  it('is said in words, never with those of the engine', () => {
    const say = currentText();
    expect(originWords(say, 'window: /a and 3 more')).toBe('By hand: /a and 3 more');
    expect(originWords(say, 'command: /a')).toBe('Command line: /a');
    expect(originWords(say, 'watch: /in')).toBe('Watched folder: /in');
    expect(originWords(say, 's3 event 7')).toBe('s3 event 7');
  });
});
