import { describe, expect, it } from 'vitest';
import { profileRows } from '../../../../../src-renderer/views/profiles/profile-rows';

describe('rows of profiles', () => {
  it('always have the default profile, with what is in use where the file says nothing', () => {
    const effective = { profiles: { default: { probes: ['yara'], source: 'keep' } } };
    expect(profileRows({ written: {}, effective })).toEqual([
      { name: 'default', isWritten: false, probes: ['yara'], destination: null, source: 'keep', folders: 0 },
    ]);
  });

  it('count the folders that use each, those without a word for the default profile too', () => {
    const written = {
      profiles: { strict: { destination: 'inbound' } },
      watch: [{ dir: '/a' }, { dir: '/b', profile: 'strict' }, { dir: '/c', profile: 'default' }],
    };
    const rows = profileRows({ written, effective: {} });
    expect(rows.map(({ name, folders, destination }) => [name, folders, destination])).toEqual([
      ['default', 2, null],
      ['strict', 1, 'inbound'],
    ]);
  });
});
