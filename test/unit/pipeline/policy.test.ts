import { describe, expect, it } from 'vitest';
import { UNVERIFIED_REASONS, type Verdict } from '../../../src-main/contract/verdict';
import { activeExceptions, dispositionFor, exceptionFor, mayRetryHeld } from '../../../src-main/pipeline/policy';

const decided = { rule: 'r', sentence: 's' };

describe('dispositionFor', () => {
  it('forwards nothing but clean', () => {
    const verdicts: Verdict[] = [
      { kind: 'clean', ...decided },
      { kind: 'suspicious', ...decided },
      { kind: 'infected', ...decided },
      ...UNVERIFIED_REASONS.map((reason): Verdict => ({ kind: 'unverified', reason, ...decided })),
    ];
    const [first, ...others] = verdicts.map(dispositionFor);
    expect(first).toBe('forward');
    expect(others).not.toContain('forward');
    expect(new Set(others)).toEqual(new Set(['quarantine', 'hold']));
  });

  it('quarantines what was found and holds what is not known', () => {
    expect(dispositionFor({ kind: 'suspicious', ...decided })).toBe('quarantine');
    expect(dispositionFor({ kind: 'infected', ...decided })).toBe('quarantine');
    expect(dispositionFor({ kind: 'unverified', reason: 'partial', ...decided })).toBe('hold');
  });
});

describe('mayRetryHeld', () => {
  it('leaves to a person what has no whole bytes or was cancelled', () => {
    expect(UNVERIFIED_REASONS.filter((reason) => !mayRetryHeld(reason))).toEqual([
      'changed',
      'cancelled',
      'unreadable',
    ]);
  });
});

describe('exceptions of analysts', () => {
  const sha256 = 'a'.repeat(64);
  const exception = { sha256, probes: ['yara'], reason: 'ticket 7', expiresAt: 1000 };

  it('hold for exactly one content and until their expiry', () => {
    expect(activeExceptions([exception], sha256, 999)).toEqual([exception]);
    expect(activeExceptions([exception], sha256, 1000)).toEqual([]);
    expect(activeExceptions([exception], 'b'.repeat(64), 999)).toEqual([]);
    expect(activeExceptions([{ ...exception, expiresAt: null }], sha256, Number.MAX_SAFE_INTEGER)).toHaveLength(1);
  });

  it('cover the probes that they name and no other', () => {
    expect(exceptionFor([exception], 'yara')).toBe(exception);
    expect(exceptionFor([exception], 'YARA')).toBeNull();
    expect(exceptionFor([{ ...exception, probes: ['*'] }], 'yara')).toBeNull();
  });
});
