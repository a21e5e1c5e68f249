import { describe, expect, it } from 'vitest';
import { pastedPaths } from '../../../../src-renderer/format/pasted-paths';

const bytesOf = (text: string) => pastedPaths(text).map((path) => Buffer.from(path, 'base64'));
const textOf = (text: string) => bytesOf(text).map((path) => path.toString('utf8'));

describe('pasted paths', () => {
  it('are absolute paths, one a line, spaces and other scripts included', () => {
    expect(textOf('/home/ana/été à la plage.pdf\n/srv/報告書.zip\r\n')).toEqual([
      '/home/ana/été à la plage.pdf',
      '/srv/報告書.zip',
    ]);
    expect(textOf('"C:\\Users\\Ana\\in.pdf"\n\\\\server\\share\\a')).toEqual([
      'C:\\Users\\Ana\\in.pdf',
      '\\\\server\\share\\a',
    ]);
  });

  it('are file addresses, whose bytes need not be UTF-8', () => {
    expect(bytesOf('file:///tmp/a%20b%ff.txt')).toEqual([
      Buffer.from('2f746d702f6120 62ff2e747874'.replace(' ', ''), 'hex'),
    ]);
    expect(textOf('file://localhost/tmp/%C3%A9')).toEqual(['/tmp/é']);
    expect(textOf('file:///C:/in/a.txt')).toEqual(['C:/in/a.txt']);
  });

  it('are none at all when one line is something else', () => {
    expect(pastedPaths('/tmp/a\nsee you tomorrow')).toEqual([]);
    expect(pastedPaths('https://example.org/a')).toEqual([]);
    expect(pastedPaths('relative/a.txt')).toEqual([]);
    expect(pastedPaths('file://other-host/share/a')).toEqual([]);
    expect(pastedPaths('')).toEqual([]);
  });
});
