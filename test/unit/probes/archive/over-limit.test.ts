import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pythonZip, scanArchive } from './support';

const zip = () => pythonZip('z.writestr("a.txt", "hello")');
const MAIL =
  'From: a@example.org\nTo: b@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/plain\n\nhello\n';

describe('when another archive of the same file is over a limit', () => {
  it.each<[string, () => Buffer, string?]>([
    ['a zip', zip],
    ['a program with a zip behind it', () => Buffer.concat([Buffer.alloc(200, 1), zip()])],
    ['a gzip file', () => gzipSync('hello')],
    ['a mail', () => Buffer.from(MAIL), 'message/rfc822'],
  ])('%s stays closed, and says so', async (_what, make, mime) => {
    const bytes = make();
    const options = mime === undefined ? {} : { mime };
    expect((await scanArchive(bytes, options)).children.length).toBeGreaterThan(0);
    const { children, coverage, report } = await scanArchive(bytes, { ...options, isOverLimit: true });
    expect(children).toEqual([]);
    expect(coverage).toBe('limit_exceeded');
    expect(report.coverage).toMatchObject({
      detail: expect.stringContaining('another archive of the same file is over a limit'),
    });
  });

  it('a file that is no archive is seen whole', async () => {
    expect((await scanArchive(Buffer.from('hello'), { isOverLimit: true })).coverage).toBe('complete');
  });
});
