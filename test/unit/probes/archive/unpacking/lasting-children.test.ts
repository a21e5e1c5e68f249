import { describe, expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { lives } from '../../../../support/lives';
import { EICAR } from '../../../../support/temp-folder';
import { until } from '../../../../support/until';
import { childThat, lastingChildren } from './lasting';

const mail = (text: string) =>
  [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
    '--b--',
    '',
  ].join('\n');
const page = `<a href="data:text/plain;base64,${EICAR.toString('base64')}">here</a>`;
const GOOD = { coverage: 'complete', members: [EICAR.toString()], told: '' };

describeWith(['prlimit'], 'an unpacking child', () => {
  it('opens one file after the other, whatever they are, each as if it were alone', async () => {
    const lasting = lastingChildren();
    expect(await lasting.open('page', page)).toEqual(GOOD);
    const first = await lasting.open('mail', mail('one'));
    expect(first).toMatchObject({ coverage: 'complete', members: expect.arrayContaining(['one']) });
    expect(await lasting.open('mail', mail('two'))).toMatchObject({ members: expect.not.arrayContaining(['one']) });
    expect(await lasting.open('mail', mail('one'))).toEqual(first);
    expect(await lasting.open('page', page)).toEqual(GOOD);
    expect(lasting.started()).toHaveLength(1);
  });

  it('that ends in the middle leaves its file incomplete, and the next file gets another one', async () => {
    const lasting = lastingChildren();
    await lasting.open('page', page);
    const broken = await lasting.open('lz4', 'nothing that is there', (path) => `${path}-gone`);
    expect(broken).toMatchObject({ coverage: 'partial', members: [], told: expect.stringContaining('ENOENT') });
    expect(await lasting.open('page', page)).toEqual(GOOD);
  });

  it('that was lost while it waited is replaced, and no file suffers', async () => {
    const lasting = lastingChildren();
    await lasting.open('page', page);
    for (let round = 1; round <= 2; round += 1) {
      for (const pid of lasting.started().filter(lives)) process.kill(pid, 'SIGKILL');
      expect(await lasting.open('page', page)).toEqual(GOOD);
      expect(lasting.started()).toHaveLength(round + 1);
    }
  });

  it('that still holds much memory of one file is not given another', async () => {
    const lasting = lastingChildren();
    await lasting.open('page', '-'.repeat(40 * 1024 * 1024));
    expect(await lasting.open('page', page)).toEqual(GOOD);
    expect(lasting.started()).toHaveLength(2);
  });

  it('that would take more memory than it may leaves its file incomplete', async () => {
    const lasting = lastingChildren(childThat(`Buffer.alloc(${2 ** 30}, 1); done(job);`));
    expect((await lasting.open('page', page)).coverage).not.toBe('complete');
  });

  it('that ends without a word about a file, having opened others, is not the judge of it', async () => {
    const lasting = lastingChildren(childThat('if (job === 2) process.exit(1); done(job);'));
    for (let file = 1; file <= 2; file += 1)
      expect(await lasting.open('page', page)).toMatchObject({ coverage: 'complete' });
    expect(lasting.started()).toHaveLength(2);
  });

  it('ends when its probe is closed, and when it has waited for long', async () => {
    const closed = lastingChildren();
    const waited = lastingChildren(undefined, 10);
    for (const lasting of [closed, waited]) await lasting.open('page', page);
    closed.close();
    for (const lasting of [closed, waited]) {
      expect(lasting.started()).toHaveLength(1);
      await until('its end', () => !lasting.started().some(lives));
    }
  });
});

describe('what an unpacking child says', () => {
  it.each([
    ['about another file', 'done(job + 1);', 'about another file'],
    [
      'about the file before',
      `if (job === 1) done(job); else say('N', 1, '{"note":"damaged","detail":"x"}');`,
      'another',
    ],
    ['behind the end of a file', `done(job); say('E', job);`, ''],
    ['behind its own end', `done(job, 0, false); say('E', job); process.exit();`, 'bytes follow its end'],
    [
      'when nobody asked',
      'done(job); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); done(job);',
      '',
    ],
    ['of members that it did not send', 'done(job, 7);', 'its end does not fit its members'],
    ['that is no frame', `say('?', job);`, 'a frame of no known kind'],
    ['with half a frame at its end', "writeSync(1, 'Z'); process.exit();", 'a frame is cut off'],
  ])('%s is an error: of the file, or of the one behind it', async (_what, answer, told) => {
    const lasting = lastingChildren(childThat(answer));
    const first = await lasting.open('page', page);
    const second = await lasting.open('page', page);
    const ends = [first, second].filter(({ coverage }) => coverage !== 'complete');
    expect(ends.map(({ coverage }) => coverage)).toContain('partial');
    expect(ends.map((end) => end.told).join()).toContain(told);
  });

  it('that it takes no more is believed: the next file gets another one', async () => {
    const lasting = lastingChildren(childThat('done(job, 0, false); process.exit();'));
    for (let file = 1; file <= 3; file += 1)
      expect(await lasting.open('page', page)).toMatchObject({ coverage: 'complete' });
    expect(lasting.started()).toHaveLength(3);
  });
});
