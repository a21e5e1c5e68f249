import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/log';
import { redactText } from '../../../src-main/base/redact';

const root = join(__dirname, '..', '..', '..');

function logged(write: (log: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  write(createLogger({ level: 'trace', destination: { write: (line) => lines.push(line) } }));
  return lines;
}

function only(lines: string[]): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

describe('createLogger', () => {
  it('writes one JSON object a line, with time and level in words', () => {
    const lines = logged((log) => log.warn({ probe: 'clamav' }, 'probe %s is away\nand more', 'clamav'));
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(only(lines)).toMatchObject({ level: 'warn', probe: 'clamav', msg: 'probe clamav is away\nand more' });
    expect(only(lines).time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('gives every line of a child its submission and item', () => {
    const lines = logged((log) => {
      const child = log.child({ submission: 'guid', item: 7 });
      child.info('staged');
      child.error({ err: new Error('broke') }, 'failed');
    });
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ submission: 'guid', item: 7 });
  });

  it('writes nothing below its level', () => {
    const lines: string[] = [];
    createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } }).info('no');
    expect(lines).toEqual([]);
  });

  it('keeps hashes, sizes, paths and addresses readable', () => {
    const fields = {
      sha256: 'ab'.repeat(32),
      sha1: '0123456789abcdef0123456789abcdef01234567',
      path: '/srv/in/Report 2026.pdf',
      endpoint: 'http://127.0.0.1:9000/bucket/key',
    };
    expect(only(logged((log) => log.info(fields, 'forwarded')))).toMatchObject(fields);
  });
});

describe('the log of a program', () => {
  it('goes to standard error and is whole when the program ends at once', () => {
    const program = `
      import { createLogger } from ${JSON.stringify(pathToFileURL(join(root, 'src-main/base/log.ts')).href)};
      const log = createLogger({ level: 'info' });
      for (let i = 0; i < 2000; i += 1) log.info({ i }, 'x'.repeat(100));
      process.exit(3);`;
    const sources = pathToFileURL(join(root, 'scripts/sources.mjs')).href;
    const run = spawnSync(process.execPath, ['--import', sources, '--input-type=module', '-e', program], {
      encoding: 'utf8',
      cwd: root,
    });
    expect(run.status).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(2000);
  });
});

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const secret = fc
  .string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 40 })
  .map((text) => `S3cr${text}`);
const awsKeyId = fc
  .tuple(
    fc.constantFrom('AKIA', 'ASIA'),
    fc.string({ unit: fc.constantFrom(...letters.slice(0, 26)), minLength: 16, maxLength: 16 }),
  )
  .map((parts) => parts.join(''));
const awsSecret = fc
  .string({ unit: fc.constantFrom(...letters, '/', '+'), minLength: 37, maxLength: 37 })
  .map((text) => `Aa1${text}`);
const secretKey = fc.constantFrom(
  'token',
  'apiToken',
  'SECRET',
  'clientSecret',
  'password',
  'passwords',
  'Authorization',
  'x-credential',
  'secretAccessKey',
  'tokenFile',
);

/** `value` at some depth of objects and arrays. */
const buried = (value: unknown) =>
  fc
    .array(fc.oneof(fc.constant('list'), fc.string({ minLength: 1 })), { maxLength: 5 })
    .map((steps) =>
      steps.reduceRight<unknown>((inner, step) => (step === 'list' ? [1, inner] : { [step]: inner }), value),
    );

describe('a planted secret never appears in the log', () => {
  const expectGone = (lines: string[], planted: string) => {
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toContain(planted);
    expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
  };

  it('as the value of a secret key at any depth, of any shape', () => {
    const planted = fc
      .tuple(secretKey, secret, fc.boolean())
      .chain(([key, text, deep]) => fc.tuple(buried({ [key]: deep ? { inner: [text] } : text }), fc.constant(text)));
    fc.assert(
      fc.property(planted, ([data, text]) =>
        expectGone(
          logged((log) => log.info({ data }, 'm')),
          text,
        ),
      ),
    );
  });

  it('as a field of a child, of an error, or of the cause of an error', () => {
    fc.assert(
      fc.property(secretKey, secret, (key, text) => {
        expectGone(
          logged((log) => log.child({ [key]: text }).info('m')),
          text,
        );
        const error = Object.assign(new Error('outer', { cause: new Error(`${key}=${text}`) }), { [key]: text });
        expectGone(
          logged((log) => log.error({ err: error }, 'm')),
          text,
        );
        expectGone(
          logged((log) => log.error(error)),
          text,
        );
      }),
    );
  });

  it('as a key of AWS in any text', () => {
    fc.assert(
      fc.property(fc.oneof(awsKeyId, awsSecret), fc.constantFrom(' ', '"', ',', "'", ':'), (text, edge) => {
        expectGone(
          logged((log) => log.info(`before${edge}${text}${edge}after`)),
          text,
        );
        expectGone(
          logged((log) => log.info({ list: [{ value: text }] }, 'value %s', text)),
          text,
        );
      }),
    );
  });

  it('as user or password of a URL in any text', () => {
    fc.assert(
      fc.property(fc.constantFrom('https', 'redis', 's3+http'), secret, secret, (scheme, user, password) => {
        const url = `${scheme}://${user}:${password}@host.example:6379/0`;
        const lines = logged((log) => log.info({ url, [url]: 1 }, `cannot reach "${url}"`));
        expectGone(lines, password);
        expect(lines.join('')).not.toContain(user);
        expect(lines.join('')).toContain('host.example:6379');
      }),
    );
  });

  it('as a word after its name in any text', () => {
    fc.assert(
      fc.property(secretKey, secret, fc.constantFrom('=', ': ', '":"', "='"), (key, text, sign) => {
        expectGone(
          logged((log) => log.info(`GET /x?${key}${sign}${text}`)),
          text,
        );
        expectGone(
          logged((log) => log.info(`Authorization: Bearer ${text}`)),
          text,
        );
        expectGone(
          logged((log) => log.info(JSON.stringify({ body: JSON.stringify({ [key]: text }) }))),
          text,
        );
      }),
    );
  });
});

describe('redactText', () => {
  it('bounds every text, also those that are made to be slow', () => {
    for (const hostile of ['a.', 'token', 'a://', 'A1a', 'password="']) {
      expect(redactText(hostile.repeat(100_000)).length).toBeLessThan(9000);
    }
  });
});
