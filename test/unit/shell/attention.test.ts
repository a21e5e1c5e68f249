import { describe, expect, it } from 'vitest';
import type { Pulse } from '../../../src-main/contract/pulse';
import { Attention, type Notice } from '../../../src-main/shell/attention';
import { taskbarProgress } from '../../../src-main/shell/progress';
import { wordsOf } from '../../../src-main/shell/words';

const NOTHING = { clean: 0, suspicious: 0, infected: 0, unverified: 0, failed: 0 };

function pulseOf(change: Omit<Partial<Pulse>, 'ended'> & { readonly ended?: Partial<Pulse['ended']> } = {}): Pulse {
  return {
    pid: 1,
    program: 'dropgate',
    gate: { open: true },
    gateSince: 0,
    paused: false,
    intake: null,
    notice: null,
    activity: null,
    counts: { unsettled: 0, waiting: 0, held: 0, quarantined: 0 },
    revision: { items: 0, probes: 0, folders: 0, settings: 0 },
    ...change,
    ended: { ...NOTHING, ...change.ended },
  };
}

/** Attention whose waits end when the test says so. */
function attention(quiet = false, language: 'en' | 'fr' = 'en') {
  const shown: Notice[] = [];
  let waiting: (() => void) | null = null;
  const subject = new Attention({
    words: () => wordsOf(language),
    show: (notice) => shown.push(notice),
    quiet: () => quiet,
    later(act) {
      waiting = act;
      return () => {
        waiting = null;
      };
    },
  });
  const pass = () => {
    waiting?.();
    waiting = null;
  };
  return { subject, shown, pass };
}

describe('what a person is told', () => {
  it('is one notice for a burst of files, with the view that helps', () => {
    const { subject, shown, pass } = attention();
    subject.pulse(pulseOf());
    subject.pulse(pulseOf({ ended: { infected: 1 } }));
    subject.pulse(pulseOf({ ended: { infected: 2, unverified: 1, clean: 90 } }));
    pass();
    expect(shown).toEqual([{ title: '3 files need you', body: '2 infected, 1 unverified', view: 'quarantine' }]);
  });

  it('is nothing about clean files', () => {
    const { subject, shown, pass } = attention();
    subject.pulse(pulseOf());
    subject.pulse(pulseOf({ ended: { clean: 500 } }));
    pass();
    expect(shown).toEqual([]);
  });

  it('is nothing about what had ended before the window joined', () => {
    const { subject, shown, pass } = attention();
    subject.pulse(pulseOf({ ended: { infected: 7 } }));
    pass();
    expect(shown).toEqual([]);
  });

  it('counts anew when another engine has begun', () => {
    const { subject, shown, pass } = attention();
    subject.pulse(pulseOf({ ended: { infected: 7 } }));
    subject.pulse(pulseOf({ pid: 2, ended: { infected: 1 } }));
    pass();
    expect(shown).toMatchObject([{ body: '1 infected' }]);
  });

  it('tells a stream that never pauses after a while', () => {
    const { subject, shown, pass } = attention();
    subject.pulse(pulseOf());
    for (let count = 1; count <= 50; count += 1) subject.pulse(pulseOf({ ended: { failed: count } }));
    pass();
    expect(shown).toMatchObject([{ title: '50 files need you', view: 'results' }]);
  });

  it('is that the gate closed, once', () => {
    const { subject, shown } = attention();
    const gate = { open: false as const, reason: 'ClamAV does not answer', probe: 'clamav' };
    subject.pulse(pulseOf());
    subject.pulse(pulseOf({ gate }));
    subject.pulse(pulseOf({ gate }));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ title: 'Gate closed', view: 'probes' });
  });

  it('says in the language of the window why the gate closed and why the engine ended', () => {
    const { subject, shown } = attention(false, 'fr');
    subject.pulse(pulseOf());
    subject.pulse(pulseOf({ gate: { open: false, reason: 'ClamAV does not answer', probe: 'clamav' } }));
    subject.engineFailed('the engine ended with 3');
    expect(shown.map(({ body }) => body)).toEqual([
      'ClamAV ne répond pas. Les fichiers attendent sa réouverture.',
      'le moteur s’est arrêté avec 3',
    ]);
  });

  it('is nothing while the window is looked at, and not later either', () => {
    const { subject, shown, pass } = attention(true);
    subject.pulse(pulseOf());
    subject.pulse(pulseOf({ ended: { infected: 1 } }));
    pass();
    expect(shown).toEqual([]);
  });
});

describe('the task bar', () => {
  const activity = {
    files: 4,
    settled: 1,
    sized: 4,
    bytes: 100,
    settledBytes: 50,
    bytesPerSecond: 1,
    filesPerSecond: 1,
  };
  const moving = { ...activity, etaSeconds: null, stillMs: 0 };

  it.each([
    ['nothing', null, { value: -1, mode: 'none' }],
    ['nothing while nothing moves', pulseOf(), { value: -1, mode: 'none' }],
    [
      'files while only some were taken',
      pulseOf({ activity: { ...moving, sized: 2 } }),
      { value: 0.25, mode: 'normal' },
    ],
    ['the bytes that are done', pulseOf({ activity: moving }), { value: 0.5, mode: 'normal' }],
    ['files where no byte counts', pulseOf({ activity: { ...moving, bytes: 0 } }), { value: 0.25, mode: 'normal' }],
    ['a pause', pulseOf({ activity: moving, paused: true }), { value: 0.5, mode: 'paused' }],
    [
      'that nobody knows',
      pulseOf({ activity: { ...moving, bytes: 0, files: 0 } }),
      { value: 2, mode: 'indeterminate' },
    ],
  ])('shows %s', (_title, pulse, expected) => {
    expect(taskbarProgress(pulse)).toEqual(expected);
  });
});
