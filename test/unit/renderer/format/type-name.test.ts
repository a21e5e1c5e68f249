import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { described } from '../../../../src-main/intake/file-type-words';
import { typeName } from '../../../../src-renderer/format/type-name';
import { currentText } from '../../../../src-renderer/i18n/text';
import { useLanguage } from '../../../../src-renderer/state/language';

const OOXML = 'application/vnd.openxmlformats-officedocument';

describe('the name of a type', () => {
  it.each([
    ['application/pdf', 'PDF'],
    [`${OOXML}.wordprocessingml.document`, 'Word document'],
    ['application/x-dosexec', 'Windows program'],
    ['image/heic', 'HEIC image'],
    ['image/svg+xml', 'SVG image'],
    ['video/mp4', 'MP4 video'],
    ['application/octet-stream', 'Unknown type'],
  ])('of %s is "%s"', (mime, name) => {
    expect(typeName(currentText(), mime)).toBe(name);
  });

  it.each([
    ['application/x-tgif', 'tgif'],
    ['application/vnd.acme.thing+xml', 'acme.thing'],
    ['application/constructor', 'constructor'],
    ['nonsense', 'nonsense'],
  ])('that nobody has a name for is its subtype: %s is "%s"', (mime, name) => {
    expect(typeName(currentText(), mime)).toBe(name);
  });

  it('is of the very media types that the engine gives, whatever a detector called them', () => {
    const { mime } = described('application/vnd.microsoft.portable-executable');
    expect(typeName(currentText(), mime)).toBe('Windows program');
  });

  describe('in French', () => {
    beforeAll(() => useLanguage.setState({ language: 'fr' }));
    afterAll(() => useLanguage.setState({ language: 'en' }));

    it.each([
      [`${OOXML}.wordprocessingml.document`, 'Document Word'],
      ['application/x-dosexec', 'Programme Windows'],
      ['image/heic', 'Image HEIC'],
    ])('of %s is "%s"', (mime, name) => {
      expect(typeName(currentText(), mime)).toBe(name);
    });
  });
});
