import { describe, expect, it } from 'vitest';
import { parseHead } from '../../../../src-main/probes/icap/head';
import { findingsIn } from '../../../../src-main/probes/icap/threats';
import { NOTHING, returned, startScriptedIcap } from '../../../support/scripted-icap';
import { CONTEXT, openFolder, patience, staged } from '../clamav/support';
import { openIcapProbe } from './support';

const findings = (...lines: string[]) =>
  findingsIn([parseHead(Buffer.from(`ICAP/1.0 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'))], 'corp-av');
const said = (...lines: string[]) => findings(...lines).map(({ name, severity }) => `${severity}: ${name}`);

describe('what an ICAP server accuses a file of', () => {
  it.each([
    ['X-Infection-Found: Type=0; Resolution=2; Threat=EICAR-Test;', ['malicious: EICAR-Test']],
    ['x-infection-found: type=0;resolution=1;threat=Was repaired', ['malicious: Was repaired']],
    ['X-Infection-Found: Type=1; Resolution=0; Threat=Mail policy;', ['suspicious: Mail policy']],
    ['X-Infection-Found: Type=2; Resolution=0; Threat=Encrypted Archive;', ['suspicious: Encrypted Archive']],
    ['X-Infection-Found: Type=0; Resolution=2; Threat=PUA.Win.Tool;', ['suspicious: PUA.Win.Tool']],
    ['X-Infection-Found: something new', ['malicious: something new']],
    ['X-Infection-Found:', ['malicious: unnamed']],
    ['X-Infection-Found: Type=0; Threat=a\xe2\x80\xaeb\xff;', ['malicious: a\\u{202e}b\\xff']],
    ['X-Virus-ID: TSPY_ONLINEG.MCS', ['malicious: TSPY_ONLINEG.MCS']],
    ['X-Blocked-Reason: Password protected', ['suspicious: Password protected']],
    ['X-Response-Info: Blocked', ['suspicious: Blocked']],
    ['X-Response-Info: Allowed', []],
    ['X-Violations-Found: 0', []],
    ['X-Violations-Found: 1', ['malicious: 1']],
    [
      'X-Violations-Found: 2\r\n\ta.zip/b.exe\r\n\tWorm.A\r\n\t10\r\n\t2\r\n\ta.zip/c.exe\r\n\tWorm.B\r\n\t10\r\n\t2',
      ['malicious: Worm.A', 'malicious: Worm.B'],
    ],
  ])('is read from %s', (line, expected) => {
    expect(said(line)).toEqual(expected);
  });

  it('is told once where several fields tell of it, and never as more than a few findings', () => {
    const infection = 'X-Infection-Found: Type=0; Resolution=2; Threat=Bad;';
    expect(said(infection, 'X-Virus-ID: Bad', 'X-Violations-Found: 1', '\t-', '\tBad', '\t0', '\t0')).toEqual([
      'malicious: Bad',
    ]);
    const many = Array.from({ length: 200 }, (_, at) => `X-Virus-ID: v${at}`);
    expect(findings(...many)).toHaveLength(20);
  });

  it('shows what the server said, made harmless and cut', () => {
    const [finding] = findings(`X-Virus-ID: ${'\xff'.repeat(5000)}`);
    expect(finding?.name.length).toBeLessThan(1300);
    expect(finding?.evidence?.length).toBeLessThan(300);
    expect(finding).toMatchObject({ probe: 'corp-av', category: 'malware', guidance: ['malware-found'] });
  });

  it.each(['ICAP/1.0 200 OK', 'ICAP/1.0 204 No Content', 'ICAP/1.0 403 Forbidden', 'ICAP/1.0 500 Server Error'])(
    'counts with every status, also in the HTTP answer that it gives back: %s',
    async (status) => {
      const text = 'a plain text';
      const head = NOTHING.replace(/^.*\r\n/, `${status}\r\nX-Virus-ID: Bad\r\n`);
      const whole = returned(text, 'HTTP/1.1 200 OK\r\nX-Virus-ID: Bad');
      for (const answer of status.includes('200') ? [whole] : [head]) {
        const { url } = await startScriptedIcap((socket) => socket.end(answer));
        const report = await openIcapProbe(url).scan(staged(openFolder(), 'a', Buffer.from(text)), CONTEXT, patience());
        expect(report.findings.map(({ name }) => name)).toEqual(['Bad']);
      }
    },
  );
});
