import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSettings } from '../../../src-main/engine/load-settings';
import { tempFolder } from '../../support/temp-folder';

/** What `yaml` means for the command probe, and the folder that it stands in. */
function load(yaml: string) {
  const cwd = tempFolder();
  writeFileSync(join(cwd, 'dropgate.yaml'), yaml);
  return { cwd, command: loadSettings({ env: { HOME: '/home/someone' }, cwd }).settings.probes.command };
}

test('paths are relative to the file, and everything but the definitions has a default', () => {
  const { cwd, command } = load('probes: { command: { apis: ./api.yml, root: ~/apis, logs: logs } }');
  expect(command).toMatchObject({
    apis: join(cwd, 'api.yml'),
    root: '/home/someone/apis',
    logs: join(cwd, 'logs'),
    maxAttempts: 3,
    retrySeconds: 10,
    timeoutSeconds: 120,
    maxBytes: 512 * 1024 ** 2,
  });
  expect(load('').command).toBeUndefined();
  expect(load('probes: { command: { apis: a.yml } }').command?.root).toBeUndefined();
});

test('a profile may name the probe once it has settings', () => {
  const profile = 'profiles: { default: { probes: [yara, command] } }';
  expect(load(`${profile}\nprobes: { command: { apis: a.yml } }`).command).toBeDefined();
  expect(() => load(profile)).toThrow(
    'profiles.default.probes: names "command", which has no settings; write probes.command, or leave it out here',
  );
  expect(() => load('profiles: { default: { probes: [comand] } }\nprobes: { command: { apis: a.yml } }')).toThrow(
    'there is no probe "comand"; did you mean "command"?',
  );
  expect(() => load('probes: { command: {} }')).toThrow('probes.command.apis: is missing; write a text');
});
