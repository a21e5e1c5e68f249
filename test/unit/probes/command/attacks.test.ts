// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DetectionRequest } from '../../../../src-main/probes/command/detection';
import { DAMAGE, PAYLOADS } from './payloads';
import { ProbePlace } from './probe-support';
import { never, Place } from './support';

/** What is run in each form says how many arguments it got and which, so that one can be compared with what was sent. */
const COUNT = 'printf "%s:%s" "$#" "$1"';
const FORMS: readonly (readonly [string, (name: string) => DetectionRequest['report']])[] = [
  ['a list', (name) => ['sh', '-c', COUNT, 'sh', `\${${name}}`]],
  ['a text for the shell', (name) => `count() { ${COUNT}; }; count \${${name}}`],
  ['a text with quotes', (name) => `count() { ${COUNT}; }; count "$${name}"`],
];

/** A place whose commands know the file that no attack may make. */
class Attacked extends Place {
  readonly marker = this.at('marker');

  attack(changes: Partial<DetectionRequest>) {
    const environ = { DAMAGE: this.marker, ...changes.environ };
    return this.runner({ maxAttempts: 1 }).runDetection(this.request({ ...changes, environ }), never);
  }

  expectUnharmed(): void {
    expect(existsSync(this.marker)).toBe(false);
  }
}

test.each(PAYLOADS.filter((payload) => payload.includes(DAMAGE)))(
  '%j does its damage where a shell reads it',
  (payload) => {
    const place = new Attacked();
    const env = { PATH: process.env.PATH, DAMAGE: place.marker };
    const quotes = [payload, `"${payload}"`, `'${payload}'`];
    for (const text of quotes) {
      try {
        execFileSync('sh', ['-c', `true ${text}`], { env, stdio: 'ignore' });
      } catch {
        // the shell may fail behind it
      }
    }
    expect(existsSync(place.marker)).toBe(true);
  },
);

describe.each(FORMS)('in %s', (_form, report) => {
  test.each(PAYLOADS)('the value %j stays one argument, and nothing of it is run', async (payload) => {
    const place = new Attacked();
    const { output } = await place.attack({ environ: { VALUE: payload }, report: report('VALUE') });
    expect(output).toBe(`1:${payload}`);
    place.expectUnharmed();
  });

  test.each(PAYLOADS.filter((payload) => !payload.includes('/')))('so does a file of the name %j', async (payload) => {
    const place = new Attacked();
    const path = place.at(payload);
    writeFileSync(path, 'content');
    const { output } = await place.attack({ path, report: report('BROAPT_PATH') });
    expect(output).toBe(`1:${path}`);
    place.expectUnharmed();
  });
});

describe('requests that are not run', () => {
  const REFUSED: readonly (readonly [string, Partial<DetectionRequest>])[] = [
    ...[
      'text/$(touch ${DAMAGE})',
      'text/plain; touch ${DAMAGE}',
      'text/plain\nx',
      'text/plain\0',
      '../../etc/x',
      'a/../..',
      '--help/x',
      'text',
      '',
    ].flatMap((mime): [string, Partial<DetectionRequest>][] => [
      [`the MIME type ${JSON.stringify(mime)}`, { mime }],
      [`logs in ${JSON.stringify(mime)}`, { logged: mime }],
    ]),
    ...[
      '../../x',
      'a/b',
      '',
      '$(touch ${DAMAGE})',
      '01234567-89ab-4def-8123-456789abcdef/../x',
      '01234567-89ab-4def-8123-456789abcdef\n',
    ].map((uuid): [string, Partial<DetectionRequest>] => [`the UUID ${JSON.stringify(uuid)}`, { uuid }]),
    ...['--help', '-rf', 'relative', '../x', '/tmp/a\0b', ''].map((path): [string, Partial<DetectionRequest>] => [
      `the file ${JSON.stringify(path)}`,
      { path },
    ]),
    ['a workdir that is relative', { workdir: '../..' }],
    ['a workdir with a NUL', { workdir: '/tmp\0' }],
    ['a workdir that is a file', { workdir: '/etc/passwd' }],
    ['a posted workdir outside of the root', { workdir: '/', origin: 'posted' }],
    ['a command with a NUL', { report: ['touch', '${DAMAGE}\0'] }],
    ['a text with a NUL', { report: 'touch ${DAMAGE} \0' }],
    ['a command of nothing', { scripts: [[]] }],
    ['an empty program', { scripts: [['', 'x']] }],
    ['a value with a NUL', { environ: { A: 'a\0b' } }],
    ['a value of 40 KB', { environ: { A: 'a'.repeat(40_000) } }],
    ['a name with =', { environ: { 'A=b': 'c' } }],
    ['a name with a newline', { environ: { 'A\nB': 'c' } }],
    ['an exported function', { environ: { 'BASH_FUNC_printf%%': '() { touch ${DAMAGE}; }' } }],
    ...[
      'LD_PRELOAD',
      'LD_LIBRARY_PATH',
      'LD_AUDIT',
      'DYLD_INSERT_LIBRARIES',
      'GCONV_PATH',
      'GLIBC_TUNABLES',
      'BROAPT_PATH',
      'DROPGATE_RUN',
      'HOME',
      'TMPDIR',
    ].map((name): [string, Partial<DetectionRequest>] => [`${name}, of whomever`, { environ: { [name]: '/tmp/x' } }]),
    ...[
      'PATH',
      'IFS',
      'ENV',
      'BASH_ENV',
      'SHELLOPTS',
      'PS4',
      'PYTHONPATH',
      'PYTHONSTARTUP',
      'PERL5OPT',
      'RUBYOPT',
      'NODE_OPTIONS',
      'JAVA_TOOL_OPTIONS',
      'GIT_SSH_COMMAND',
      'HTTPS_PROXY',
      'http_proxy',
      'path',
    ].map((name): [string, Partial<DetectionRequest>] => [
      `${name}, posted`,
      { origin: 'posted', environ: { [name]: '/tmp/x' } },
    ]),
  ];

  test.each(REFUSED)('%s', async (_title, changes) => {
    const place = new Attacked();
    const touch = ['touch', '${DAMAGE}'];
    const attack = place.attack({ install: [touch], scripts: [touch], report: touch, ...changes });
    await expect(attack).rejects.toMatchObject({ code: 'PROTOCOL' });
    place.expectUnharmed();
    expect(place.runFolders()).toEqual([]);
    expect(existsSync(place.logs)).toBe(false);
  });

  test('a posted workdir that leaves the root by a link', async () => {
    const place = new Attacked();
    symlinkSync('/', join(place.root, 'link'));
    const attack = place.attack({
      origin: 'posted',
      workdir: join(place.root, 'link', 'tmp'),
      report: ['touch', '${DAMAGE}'],
    });
    await expect(attack).rejects.toThrow('leaves the root of all APIs');
    place.expectUnharmed();
  });

  test('what is refused to a request that was posted, and only to it', async () => {
    const place = new Attacked();
    mkdirSync(join(place.root, 'tool'));
    const environ = { PATH: process.env.PATH ?? '', PYTHONPATH: '/opt/x', http_proxy: 'x' };
    expect((await place.attack({ environ })).reported).toBe(true);
    const posted = {
      origin: 'posted',
      environ: { ENV_FOO: '1', MODE: 'fast' },
      workdir: join(place.root, 'tool'),
    } as const;
    expect((await place.attack(posted)).reported).toBe(true);
  });

  test('a program whose name is an option of what starts it is not started', async () => {
    const place = new Attacked();
    const report = ['${NAME}', place.marker];
    const { failed } = await place.attack({ environ: { NAME: '--version' }, report });
    expect(failed).toMatchObject({ reason: 'missing', attempt: 1 });
  });
});

describe('the name of the item', () => {
  test.each(PAYLOADS)('%j is nothing that commands are told', async (payload) => {
    const place = new ProbePlace();
    const [marker, told] = [join(place.folder, 'marker'), join(place.folder, 'told')];
    const api = { report: `env > ${JSON.stringify(told)}`, verdict: { exit: { 0: 'clean' } } };
    place.write(JSON.stringify({ environment: { DAMAGE: marker }, '*/*': api }));
    const report = await place.scan(place.probe(), 'content', 'text/plain', `${payload} a-name-of-its-own`);
    expect(report.statement).toBe('nothing_found');
    const environment = readFileSync(told, 'utf8');
    expect(environment).toContain('BROAPT_PATH=');
    expect(environment).not.toContain('a-name-of-its-own');
    expect(existsSync(marker)).toBe(false);
  });
});
