import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { scanArchive } from '../support';
import { compound } from './make';

const MANY = 60;
const mail = Buffer.from(
  [
    'Subject: many',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...Array.from({ length: MANY }, (_none, part) => `--b\n\npart ${part}`),
    '--b--',
  ].join('\n'),
);

/** A PDF with one embedded file of `size` zeros. */
function pdfOf(size: number): Buffer {
  const packed = deflateSync(Buffer.alloc(size));
  const head = `%PDF-1.4\n1 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream\nendobj\n%%EOF')]);
}

describe('limits hold for what documents carry', () => {
  it('the number of members', async () => {
    const { coverage, children, found } = await scanArchive(mail, { limits: { archiveFiles: 50 } });
    expect([coverage, found]).toEqual(['limit_exceeded', ['archive-limit:info']]);
    expect(children.length).toBeLessThanOrEqual(50);
  });

  it('their bytes', async () => {
    const file = compound({ large: Buffer.alloc(400_000, 'x') });
    expect((await scanArchive(file, { limits: { archiveBytes: 100_000 } })).coverage).toBe('limit_exceeded');
  });

  it('how much more comes out than there is', async () => {
    expect((await scanArchive(pdfOf(40 * 1024 * 1024))).coverage).toBe('limit_exceeded');
    expect((await scanArchive(pdfOf(1024 * 1024))).coverage).toBe('complete');
  });

  it('the depth', async () => {
    expect((await scanArchive(mail, { limits: { archiveDepth: 0 } })).coverage).toBe('limit_exceeded');
  });

  it('a scan that is cancelled ends', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(scanArchive(mail, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describeWith(['prlimit'], 'the limit of time', () => {
  it('a text that would take longer than is allowed is never clean', async () => {
    const slow = Buffer.from(`{\\rtf1 ${'\\a'.repeat(20_000_000)}}`);
    expect((await scanArchive(slow, { limits: { seconds: 1 } })).coverage).toBe('partial');
  }, 60_000);
});
