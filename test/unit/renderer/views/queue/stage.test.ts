import { describe, expect, it } from 'vitest';
import { currentText } from '../../../../../src-renderer/i18n/text';
import { stageOf, stageWords } from '../../../../../src-renderer/views/queue/stage';
import { rowOf } from '../../../../support/fake-bridge-items';

const item = { ...rowOf(0, 10), state: 'scanning', running: ['a', 'b'], problem: null } as const;
const words = (change: Partial<ReturnType<typeof rowOf>>) =>
  stageWords(currentText(), (probe) => `Probe ${probe}`, { ...item, running: [...item.running], ...change });

describe('the stage of a file', () => {
  it('names the probes that look at it by their titles', () => {
    expect(words({})).toBe('Scanning: Probe a, Probe b');
    expect(words({ running: [] })).toBe('Scanning');
  });

  it('says why it waits, whatever its state', () => {
    expect(words({ state: 'disposing', problem: 'the disk is full' })).toBe('Waits: the disk is full');
  });

  it('of a file that is held says what decided it', () => {
    expect(words({ state: 'held', running: [], sentence: 'ClamAV was away.' })).toBe('ClamAV was away.');
    expect(stageOf({ state: 'held' })).toBeNull();
  });
});
