// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DropgateError } from '../../../../src-main/base/errors';
import { never, Place } from './support';

const SECRET_ENV = { VT_API: 'a-secret-key' };

describe('the order of a detection', () => {
  test('install once, then scripts, then the report; logs by type, UUID, step and number', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const say = (word: string) => `echo ${word} >> ${JSON.stringify(place.at('order'))}`;
    const request = () =>
      place.request({
        install: [say('install1'), say('install2')],
        scripts: [say('script1'), ['sh', '-c', say('script2')]],
        report: `${say('report')}; echo said`,
      });
    expect(await runDetection(request(), never)).toEqual({
      inited: true,
      scanned: true,
      reported: true,
      failed: null,
      output: 'said\n',
      exitCode: 0,
    });
    await runDetection(request(), never);
    const once = ['script1', 'script2', 'report'];
    expect(place.text('order').trim().split('\n')).toEqual(['install1', 'install2', ...once, ...once]);
    const names = ['install.1', 'install.2', 'report.1', 'scripts.1', 'scripts.2'];
    expect(new Set(place.logNames())).toEqual(new Set(names.map((name) => join('text/plain', `uuid-${name}`))));
    expect(place.runFolders()).toEqual([]);
  });

  test('a log says when, where and what, and not the values of variables', async () => {
    const place = new Place();
    const uuid = '01234567-89ab-4def-8123-456789abcdef';
    const report = ['sh', '-c', 'echo out; echo err >&2', '${VT_API}'];
    await place.runner().runDetection(place.request({ uuid, environ: SECRET_ENV, report, logged: 'example' }), never);
    const log = readFileSync(join(place.logs, 'example', `${uuid}-report.1`), 'utf8');
    expect(log).toMatch(
      /^# open: \d{4}-.*Z\n# cwd: ".*work"\n# env: VT_API\n# file: ".*a file" \(text\/plain\)\n# args: \[/,
    );
    expect(log).toContain('out\n');
    expect(log).toContain('err\n');
    expect(log).toMatch(/# exit: 0\n# close: \d{4}-.*Z\n$/);
    expect(log).not.toContain(SECRET_ENV.VT_API);
  });

  test('one lock and one flag for all requests that share them: 8 at once install once, others for themselves', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const install = [`echo x >> ${JSON.stringify(place.at('installs'))}; sleep 0.2`];
    const shared = Array.from({ length: 8 }, () => runDetection(place.request({ install, shared: 'one' }), never));
    const results = await Promise.all(shared);
    expect(results.every(({ inited, reported }) => inited && reported)).toBe(true);
    expect(place.text('installs')).toBe('x\n');
    await runDetection(place.request({ install, shared: 'two' }), never);
    await runDetection(place.request({ install, shared: 'three', inited: true }), never);
    expect(place.text('installs')).toBe('x\nx\n');
  });

  test('an installation that fails: not inited, nothing else is run, the next request tries it again', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const install = [`test -e ${JSON.stringify(place.at('ready'))}`];
    const scripts = [['touch', place.at('ran')]];
    const failed = await runDetection(place.request({ install, scripts }), never);
    expect(failed).toMatchObject({ inited: false, scanned: true, reported: false, output: '', exitCode: null });
    expect(failed.failed).toEqual({ step: 'install', number: 1, attempt: 3, reason: 'exit', message: 'exit code 1' });
    expect(existsSync(place.at('ran'))).toBe(false);
    writeFileSync(place.at('ready'), '');
    expect(await runDetection(place.request({ install, scripts }), never)).toMatchObject({
      inited: true,
      reported: true,
    });
  });

  test('an installation goes on when nobody waits for it any more, and the next request finds it done', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const [begun, ready] = ['begun', 'ready'].map((name) => JSON.stringify(place.at(name)));
    const install = [`echo x >> ${begun}; until test -e ${ready}; do sleep 0.05; done`];
    const unwanted = new AbortController();
    const first = runDetection(place.request({ install }), unwanted.signal);
    await vi.waitFor(() => expect(existsSync(place.at('begun'))).toBe(true), 10_000);
    unwanted.abort(new DropgateError('CANCELLED', 'not wanted any more'));
    await expect(first).rejects.toThrow('not wanted any more');
    const second = runDetection(place.request({ install }), never);
    writeFileSync(place.at('ready'), '');
    expect(await second).toMatchObject({ inited: true, reported: true });
    expect(place.text('begun')).toBe('x\n');
    expect(place.runFolders()).toEqual([]);
  });

  test('a script that fails ends the detection, which is inited all the same', async () => {
    const place = new Place();
    const scripts = ['true', 'echo no database >&2; exit 7', ['touch', place.at('ran')]];
    const result = await place
      .runner()
      .runDetection(place.request({ scripts, report: ['touch', place.at('ran')] }), never);
    expect(result).toMatchObject({ inited: true, scanned: true, reported: false });
    expect(result.failed).toMatchObject({
      step: 'scripts',
      number: 2,
      attempt: 3,
      message: 'exit code 7: no database',
    });
    expect(existsSync(place.at('ran'))).toBe(false);
  });
});

describe('what is told of a failure', () => {
  const failure = async (changes: Parameters<Place['request']>[0]) => {
    const place = new Place();
    const { failed } = await place.runner({ maxAttempts: 1 }).runDetection(place.request(changes), never);
    return failed?.message;
  };

  test('neither the path of the file nor values of variables, which a tool may say; short values are left alone', async () => {
    const environ = { KEY: 'a-secret', LONG: '${KEY}-and-more', MODE: 'fast' };
    const report = 'echo "$BROAPT_PATH: no access with $KEY, $LONG ($MODE)" >&2; exit 2';
    expect(await failure({ environ, report })).toBe('exit code 2: the file: no access with [KEY], [LONG] (fast)');
    const script = 'echo "bad key $KEY" >&2; exit 2';
    expect(await failure({ environ, scripts: [script] })).toBe('exit code 2: bad key [KEY]');
    expect(await failure({ environ, report: ['${KEY}'] })).toBe('the program [KEY] is not installed');
  });

  test('nor a part of a value, where only the end of what a tool says is told', async () => {
    const environ = { KEY: 'a-secret-key'.repeat(20) };
    const said = await failure({ environ, report: 'printf "%s%0100d" "$KEY" 0 >&2; exit 2' });
    expect(said).toBe(`exit code 2: [KEY]${'0'.repeat(100)}`);
  });
});

describe('retries', () => {
  test('a command that fails twice is tried three times; its logs have the suffixes _1 and _2', async () => {
    const place = new Place();
    const tries = JSON.stringify(place.at('tries'));
    const report = `echo x >> ${tries}; test $(wc -l < ${tries}) -ge 3`;
    const result = await place.runner().runDetection(place.request({ report }), never);
    expect(result).toMatchObject({ reported: true, exitCode: 0 });
    expect(place.logNames()).toEqual(['', '_1', '_2'].map((suffix) => join('text/plain', `uuid-report.1${suffix}`)));
  });

  test('exit codes that are an answer are no failure, for the report alone', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const found = await runDetection(place.request({ report: 'exit 1', answers: [0, 1] }), never);
    expect(found).toMatchObject({ reported: true, exitCode: 1, failed: null });
    const script = await runDetection(place.request({ scripts: ['exit 1'], answers: [0, 1] }), never);
    expect(script).toMatchObject({ reported: false, failed: { step: 'scripts', attempt: 3 } });
  });

  test('a program that is not there is not tried again', async () => {
    const place = new Place();
    const result = await place.runner().runDetection(place.request({ report: ['no-such-program'] }), never);
    const message = 'the program no-such-program is not installed';
    expect(result.failed).toEqual({ step: 'report', number: 1, attempt: 1, reason: 'missing', message });
  });
});

describe('where commands run', () => {
  test('in a fresh folder that shows the workdir, where what they make does not stay', async () => {
    const place = new Place();
    const { runDetection } = place.runner();
    const workdir = join(place.root, 'tool');
    mkdirSync(workdir);
    writeFileSync(join(workdir, 'detect.sh'), 'echo made > result');
    symlinkSync('detect.sh', join(workdir, 'link'));
    const request = () =>
      place.request({ workdir, scripts: ['test ! -e result && sh ./detect.sh && sh ./link'], report: 'cat result' });
    expect(await runDetection(request(), never)).toMatchObject({ output: 'made\n' });
    expect(await runDetection(request(), never)).toMatchObject({ output: 'made\n' });
    expect(readdirSync(workdir).sort()).toEqual(['detect.sh', 'link']);
  });

  test('an installation runs in the workdir itself, since what it makes is for all files', async () => {
    const place = new Place();
    const workdir = join(place.root, 'tool');
    mkdirSync(workdir);
    const result = await place
      .runner()
      .runDetection(place.request({ workdir, install: ['echo lib > lib'], report: 'cat lib' }), never);
    expect(result.output).toBe('lib\n');
  });

  test('with an environment of its own: nothing of ours but PATH and the time zone', async () => {
    const place = new Place();
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'ours');
    const environ = { A: '1', B: '${A}2', PATH: '/opt/x:${PATH}' };
    const { output } = await place.runner().runDetection(place.request({ environ, report: ['env'] }), never);
    vi.unstubAllEnvs();
    const names = output
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
      .filter((name) => name !== 'TZ');
    const given = ['API_ROOT', 'BROAPT_MIME', 'BROAPT_PATH', 'DROPGATE_RUN', 'HOME', 'LC_ALL', 'PATH', 'TMPDIR'];
    expect(names.sort()).toEqual(['A', 'B', ...given].sort());
    expect(output).toContain('\nB=12\n');
    expect(output).toContain('PATH=/opt/x:');
    expect(output).toContain(`BROAPT_PATH=${place.file}\n`);
    expect(output).toContain('BROAPT_MIME=text/plain\n');
  });
});
