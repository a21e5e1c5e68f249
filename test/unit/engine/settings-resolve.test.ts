import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dotted } from '../../../src-main/engine/settings-problems';
import { resolveSettings } from '../../../src-main/engine/settings-resolve';

const FILE = '/etc/dropgate/dropgate.yaml';
const resolve = (data: unknown) => resolveSettings(data, FILE, { env: { HOME: '/home/someone' }, cwd: '/' });

function mistakes(data: unknown): string[] {
  const resolution = resolve(data);
  return resolution.kind === 'problems' ? resolution.problems.map(({ path, text }) => `${dotted(path)}: ${text}`) : [];
}

const service = (id: string, url = 'icaps://[::1]:11344/scan?mode=simple') => ({ id, url });

describe('ICAP services in the settings', () => {
  it.each([
    'icap://host',
    'icap:host/scan',
    'http://host/scan',
    'icap://host:70000/scan',
    'icap://user:secret@host/scan',
    'icap://host/scan#part',
    'icap://host/scan service',
    'icap://host/scan\r\nX: y',
    'icap://host/sc\u00e4n',
    'icap:///scan',
  ])('need an address that is one: %j is not', (url) => {
    expect(mistakes({ probes: { icap: [service('corp-av', url)] } })).toEqual([
      'probes.icap.0.url: is no ICAP service; write a URL such as icap://host:1344/service',
    ]);
  });

  it('are probes that profiles can name', () => {
    const data = {
      probes: { icap: [service('one'), service('two', 'icap://av.example/avscan')] },
      profiles: { default: { probes: ['yara', 'one', 'two'] } },
    };
    expect(mistakes(data)).toEqual([]);
    const unknown = { ...data, profiles: { default: { probes: ['three'] } } };
    expect(mistakes(unknown)).toEqual([
      'profiles.default.probes: there is no probe "three"; write one of clamav, yara, hash-list, file-type, archive, one, two',
    ]);
  });

  it('each have a name of their own', () => {
    expect(mistakes({ probes: { icap: [service('one'), service('one'), service('yara')] } })).toEqual([
      'probes.icap.1.id: "one" is the name of another probe; write a name of its own',
      'probes.icap.2.id: "yara" is the name of another probe; write a name of its own',
    ]);
  });

  it('have their defaults, and paths from the folder of the file', () => {
    const resolution = resolve({ probes: { icap: [{ ...service('one'), caFile: 'ca.pem' }, service('two')] } });
    if (resolution.kind !== 'settings') throw new Error('it has mistakes');
    const usual = { preview: false, connections: 8, maxBytes: 512 * 1024 ** 2, timeoutSeconds: 120 };
    expect(resolution.settings.probes.icap).toEqual([
      { ...service('one'), ...usual, caFile: join('/etc/dropgate', 'ca.pem') },
      { ...service('two'), ...usual },
    ]);
  });
});
