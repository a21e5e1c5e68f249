import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CIcap, startCIcap } from '../../../support/c-icap';
import { describeWith } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { CONTEXT, openFolder, outcome, patience, staged } from '../clamav/support';
import { openIcapProbe } from './support';

const MIB = 1024 ** 2;

describeWith(['clamd', 'c-icap', 'virus_scan.so'], 'icap probe and a real c-icap with ClamAV', () => {
  let server: CIcap;
  beforeAll(async () => {
    server = await startCIcap({ maxObject: '5M' });
  });
  afterAll(() => server.stop());

  it('is ready, with the service as its engine and the ISTag as its database', async () => {
    const probe = openIcapProbe(server.url);
    const health = await probe.describe(patience());
    expect(health).toMatchObject({ state: 'ready', problem: null, maxBytes: 512 * MIB, notes: [] });
    expect(health.engineVersion).toMatch(/^C-ICAP\/[\d.]+ server - Antivirus service$/);
    expect(health.databaseVersion).toMatch(/^CI0001-/);
  });

  it('finds EICAR by its name as malware, and nothing in a text', async () => {
    const probe = openIcapProbe(server.url);
    const folder = openFolder();
    const report = await probe.scan(staged(folder, 'a', EICAR), CONTEXT, patience());
    expect(report).toMatchObject({
      statement: 'found',
      findings: [{ probe: 'corp-av', name: 'EICAR-Test.UNOFFICIAL', severity: 'malicious', category: 'malware' }],
    });
    expect(report.findings).toHaveLength(1);
    expect(await probe.scan(staged(folder, 'b', Buffer.from('a text')), CONTEXT, patience())).toEqual({
      statement: 'nothing_found',
      findings: [],
      coverage: { kind: 'complete' },
      engineVersion: report.engineVersion,
      databaseVersion: report.databaseVersion,
    });
  });

  it.each([false, true])('looks at files of many pieces to their end (preview: %s)', async (preview) => {
    const probe = openIcapProbe(server.url, { preview });
    const folder = openFolder();
    const text = Buffer.alloc(700_000, 'some text\n');
    expect(await outcome(probe, staged(folder, 'a', text))).toBe('clean');
    expect(await outcome(probe, staged(folder, 'b', Buffer.concat([text, EICAR])))).toBe('malicious');
    expect(await outcome(probe, staged(folder, 'c', Buffer.alloc(0)))).toBe('clean');
  });

  it('never believes it about a file that it leaves out because of its size', async () => {
    const probe = openIcapProbe(server.url);
    const folder = openFolder();
    // it gives the file back as it was, and says nothing
    const large = staged(folder, 'a', Buffer.concat([Buffer.alloc(6 * MIB, 'x'), EICAR]));
    expect(await outcome(probe, large)).toBe('limit_exceeded');
    const { maxBytes, notes } = await probe.describe(patience());
    expect(maxBytes).toBe(4 * MIB);
    expect(notes).toHaveLength(1);
    expect(await outcome(probe, staged(folder, 'b', Buffer.alloc(3 * MIB, 'x')))).toBe('clean');
  });

  it('makes it look at files of kinds that it leaves out, as it comes with Debian', async () => {
    const other = await startCIcap({ fileTypes: 'TEXT DATA EXECUTABLE ARCHIVE GIF JPEG MSOFFICE' });
    try {
      const probe = openIcapProbe(other.url, { maxBytes: '4MiB' });
      expect((await probe.describe(patience())).notes).toEqual([
        'files are sent in a tar archive, because the ICAP server overlooked a test file in a PDF',
      ]);
      const folder = openFolder();
      for (const beginning of ['%PDF-1.4\n', '<html>', 'ID3\x03\0', '\x89PNG\r\n\x1a\n', '\0\0\0\x18ftypisom', '']) {
        const bytes = Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(30_000, 'text\n')]);
        expect(await outcome(probe, staged(folder, 'a', bytes)), beginning).toBe('clean');
        expect(await outcome(probe, staged(folder, 'b', Buffer.concat([bytes, EICAR]))), beginning).toBe('malicious');
      }
      expect(await outcome(probe, staged(folder, 'c', Buffer.alloc(0)))).toBe('clean');
      expect(await outcome(probe, staged(folder, 'd', EICAR))).toBe('malicious');
    } finally {
      await other.stop();
    }
  });

  it('takes for a finding what it breaks off after it has given the beginning back', async () => {
    const other = await startCIcap({ trickles: true });
    try {
      const probe = openIcapProbe(other.url);
      const text = Buffer.alloc(700_000, 'some text\n');
      const folder = openFolder();
      const end = await outcome(probe, staged(folder, 'a', Buffer.concat([text, EICAR])));
      expect(end).toBe('suspicious');
      expect(await outcome(probe, staged(folder, 'b', text))).toBe('clean');
    } finally {
      await other.stop();
    }
  });

  it('says that it cannot look when its ClamAV is gone', async () => {
    const other = await startCIcap();
    try {
      const probe = openIcapProbe(other.url);
      const folder = openFolder();
      expect(await outcome(probe, staged(folder, 'a', Buffer.from('a text')))).toBe('clean');
      await other.clamd.stop();
      expect(await outcome(probe, staged(folder, 'b', Buffer.from('a text')))).toBe('PROBE_FAILED');
      expect(await outcome(probe, staged(folder, 'c', Buffer.alloc(MIB, 'x')))).toBe('PROBE_FAILED');
      expect((await probe.describe(patience())).state).toBe('not_ready');
    } finally {
      await other.stop();
    }
  });
});
