import { describe, expect, it } from 'vitest';
import { folderRows, placeOfFolder } from '../../../../../src-renderer/views/folders/folder-rows';

const written = {
  watch: [
    { dir: './in', source: 'move' },
    { dir: '/other', profile: 'strict' },
  ],
};
const effective = {
  watch: [{ dir: '/etc/dropgate/in' }, { dir: '/other' }],
  profiles: { default: { source: 'keep' }, strict: { source: 'keep' } },
};
const status = { dir: '/etc/dropgate/in', profile: 'default', state: 'paused', problem: null } as const;

describe('rows of watched folders', () => {
  it('join a relative folder of the file with the state that the engine tells for its true place', () => {
    const [first, second] = folderRows({ written, effective }, [status]);
    expect(first).toMatchObject({ written: './in', dir: '/etc/dropgate/in', source: 'move', status });
    expect(second).toMatchObject({ dir: '/other', profile: 'strict', source: 'keep', status: null });
  });

  it('do not take positions for the same while a changed file is being taken over', () => {
    const shorter = { watch: [{ dir: '/other' }] };
    const [first, second] = folderRows({ written, effective: shorter }, [{ ...status, dir: '/other' }]);
    expect(first?.status).toBeNull();
    expect(second?.status?.state).toBe('paused');
  });

  it('are found again by their name and not by their position', () => {
    expect(placeOfFolder({ written: { watch: [{ dir: '/other' }] } }, '/other')).toEqual(['watch', 0]);
    expect(placeOfFolder({ written: {} }, '/other')).toBeNull();
  });
});
