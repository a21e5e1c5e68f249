import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DaemonRequest, resolveDaemon } from '../../../src-main/engine/daemon-settings';
import { loadSettings } from '../../../src-main/engine/load-settings';
import { tempFolder } from '../../support/temp-folder';

const NOTHING: DaemonRequest = { listen: null, allowPostedCommands: false };

function resolve(yaml: string, request = NOTHING, env: NodeJS.ProcessEnv = {}) {
  const folder = tempFolder();
  const file = join(folder, 'dropgate.yaml');
  writeFileSync(file, `dataDir: ./data\n${yaml}`);
  writeFileSync(join(folder, 'token'), 'a-token-of-the-tests-0123456789\n');
  writeFileSync(join(folder, 'short'), 'short\n');
  const { settings } = loadSettings({ file, env: {}, cwd: folder });
  return { folder, daemon: resolveDaemon(settings, request, env, '/work') };
}

describe('the settings of a daemon', () => {
  test('without any, it listens on loopback and keeps everything in the data folder', () => {
    const { daemon, folder } = resolve('');
    expect(daemon).toEqual({
      host: '127.0.0.1',
      port: 5000,
      token: null,
      tls: null,
      allowPosted: false,
      dumpPath: null,
      logsDir: join(folder, 'data/worker/daemon-127.0.0.1-5000/logs'),
      copiesDir: join(folder, 'data/worker/daemon-127.0.0.1-5000/copies'),
      privateDir: { path: join(folder, 'data/worker/daemon-127.0.0.1-5000'), forThisRun: false },
      concurrency: 2,
      queueLength: 64,
      maxBytes: 2 * 1024 ** 3,
      runs: { apiRoot: null, apiLogs: null, retrySeconds: 10, maxAttempts: 3 },
    });
  });

  test('the variables of the original daemon count where nothing else is said', () => {
    const env = {
      SERVER_HOST: '0.0.0.0',
      SERVER_PORT: '5050',
      DUMP_PATH: 'dump',
      LOGS_PATH: '/logs',
      API_ROOT: '/api',
      API_LOGS: '/api-logs',
      INTERVAL: '2.5',
      MAX_RETRY: '7',
    };
    const runs = { apiRoot: '/api', apiLogs: '/api-logs', retrySeconds: 2.5, maxAttempts: 7 };
    const { daemon } = resolve('', NOTHING, env);
    expect(daemon).toMatchObject({ host: '0.0.0.0', port: 5050, dumpPath: '/work/dump', logsDir: '/logs', runs });
    const yaml = 'worker: { daemon: { listen: "127.0.0.1:6000", dumpPath: ./here, retrySeconds: 1, maxAttempts: 2 } }';
    const said = resolve(yaml, NOTHING, env);
    expect(said.daemon).toMatchObject({ host: '127.0.0.1', port: 6000, dumpPath: join(said.folder, 'here') });
    expect(said.daemon.runs).toMatchObject({ retrySeconds: 1, maxAttempts: 2 });
    const asked = resolve(yaml, { listen: '[::1]:7000', allowPostedCommands: true }, env);
    expect(asked.daemon).toMatchObject({ host: '[::1]', port: 7000, allowPosted: true });
  });

  test('the token is the one line of its file', () => {
    const { daemon } = resolve('worker: { daemon: { tokenFile: token } }');
    expect(daemon.token).toBe('a-token-of-the-tests-0123456789');
  });

  test.each<[string, string, NodeJS.ProcessEnv, RegExp]>([
    ['no port', 'worker: { daemon: { listen: "127.0.0.1" } }', {}, /^worker\.daemon\.listen: .*write HOST:PORT/],
    ['a port that is none', 'worker: { daemon: { listen: "127.0.0.1:70000" } }', {}, /write HOST:PORT/],
    ['a URL', 'worker: { daemon: { listen: "http://127.0.0.1:5000" } }', {}, /write HOST:PORT/],
    ['a short token', 'worker: { daemon: { tokenFile: short } }', {}, /tokenFile: .* at least 16/],
    ['a token file that is not there', 'worker: { daemon: { tokenFile: none } }', {}, /none cannot be read \(ENOENT\)/],
    ['a variable that is no number', '', { SERVER_PORT: 'http' }, /^SERVER_PORT: /],
    ['a variable that is too small', '', { MAX_RETRY: '0' }, /^MAX_RETRY: /],
  ])('%s is a mistake that names its place', (_title, yaml, env, message) => {
    expect(() => resolve(yaml, NOTHING, env)).toThrow(message);
  });
});
