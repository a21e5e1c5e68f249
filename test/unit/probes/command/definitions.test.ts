// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { describe, expect, test } from 'vitest';
import { findDefinition, parseDefinitions } from '../../../../src-main/probes/command/definitions';

const FILE = '/etc/dropgate/api.yml';
const parse = (text: string) => parseDefinitions(text, FILE);

/** Every line of what is wrong with `text`. */
function problems(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Error) return error.message.split('\n');
  }
  return [];
}

describe('definitions', () => {
  test('are read as BroAPT writes them: media types with subtypes below, anchors, numbers as values', () => {
    const { apis, example } = parse(`
environment: { PYTHON: /usr/bin/python3 }
example: { report: echo example }
application:
  pdf: &pdf
    workdir: pdf_analysis
    environ: { ENV_FOO: 1, ENV_BAR: a variable }
    install:
      - apt-get update
      - [pip, install, pdf]
    scripts: \${PYTHON} detect.py
    report: [python3, report.py, "\${BROAPT_PATH}"]
  x-pdf:
    <<: *pdf
    remote: true
    shared: pdfs
`);
    expect(apis.map(({ key }) => key)).toEqual(['application/pdf', 'application/x-pdf']);
    expect(apis[0]).toEqual({
      key: 'application/pdf',
      remote: false,
      workdir: 'pdf_analysis',
      environ: { PYTHON: '/usr/bin/python3', ENV_FOO: '1', ENV_BAR: 'a variable' },
      shared: 'application/pdf',
      install: ['apt-get update', ['pip', 'install', 'pdf']],
      scripts: ['${PYTHON} detect.py'],
      report: ['python3', 'report.py', '${BROAPT_PATH}'],
      verdict: null,
    });
    expect(apis[1]).toMatchObject({ remote: true, shared: 'pdfs', workdir: 'pdf_analysis' });
    expect(example).toMatchObject({ key: 'example', report: 'echo example', shared: 'example' });
  });

  test('the first that fits counts, in the order of the file; then example; then none', () => {
    const order = (text: string, mime: string) => findDefinition(parse(text), mime)?.key ?? null;
    const three = 'application/x-*: { report: a }\n"application/x-b": { report: b }\ntext: { "p*": { report: c } }\n';
    expect(order(three, 'application/x-b')).toBe('application/x-*');
    expect(order(three, 'text/plain')).toBe('text/p*');
    expect(order(three, 'image/png')).toBeNull();
    expect(order('Text/Plain: { report: a }', 'text/plain')).toBe('Text/Plain');
    expect(order(`example: { report: e }\n${three}`, 'image/png')).toBe('example');
    expect(order(`example: { report: e }\n${three}`, 'text/plain')).toBe('text/p*');
  });

  test('say what they accept, what they must find, and what an end means', () => {
    const { accepts, canary, apis } = parse(`
accepts: ["text/*"]
canary: { name: a.sh, base64: YWJj }
text/plain:
  report: [check, "\${BROAPT_PATH}"]
  verdict:
    exit: { 0: clean, 3: { name: Bad, severity: suspicious } }
`);
    expect(accepts).toEqual(['text/*']);
    expect(canary).toEqual({ fileName: 'a.sh', bytes: Buffer.from('abc') });
    expect(apis[0]?.verdict?.exit?.['3']).toEqual({
      name: 'Bad',
      severity: 'suspicious',
      category: 'command',
      guidance: [],
    });
  });

  test.each([
    ['a mistake in the YAML', 'a: [', /^\/etc\/dropgate\/api\.yml: is no YAML \(.*line 1.*\); correct that line$/],
    ['nothing at all', '', /: holds no keys; write an API such as application\/pdf$/],
    ['nothing defined', 'environment: { A: b }', /: defines nothing; write an API/],
    ['no report', 'text/plain: { scripts: a }', /: text\/plain\.report: is missing; write a command/],
    [
      'a wrong key',
      'text/plain: { report: a, script: b }',
      /: text\/plain\.script: unknown key; the keys here are remote,/,
    ],
    [
      'a media type for an API',
      'pdf: { report: a }',
      /: pdf: is no type; write <media>\/<subtype> such as application\/pdf/,
    ],
    ['a subtype without keys', 'text: { plain: }', /: text\.plain: does not fit; write keys below it/],
    ['a number as command', 'text/plain: { report: 5 }', /: text\/plain\.report: does not fit; write a command/],
    ['an empty list', 'text/plain: { report: [] }', /: text\/plain\.report: does not fit; write at least one/],
    ['an API of two words', 'text/plain: { report: a, remote: maybe }', /\.remote: does not fit; write true or false/],
    [
      'a verdict of nothing',
      'text/plain: { report: a, verdict: {} }',
      /\.verdict: .*write either exit or json below it/,
    ],
    ['a verdict that is a word', 'text/plain: { report: a, verdict: clean }', /\.verdict: does not fit; write keys/],
    [
      'clean for a code with which programs crash',
      'text/plain: { report: a, verdict: { exit: { 1: clean } } }',
      /\.verdict\.exit: .*write clean for 0 only/,
    ],
    [
      'a code that means that nothing was run',
      'text/plain: { report: a, verdict: { exit: { 127: { name: a, severity: malicious } } } }',
      /\.verdict\.exit\.127: .*write an exit code from 0 to 124/,
    ],
    [
      'a severity that does not exist',
      'text/plain: { report: a, verdict: { exit: { 1: { name: a, severity: bad } } } }',
      /\.verdict\.exit\.1: .*write clean, or keys below it: name, severity/,
    ],
    [
      'a variable that nothing sets',
      'text/plain: { report: [a, "${B}"] }',
      /\.report: refers to \$\{B\}, which nothing sets; set it/,
    ],
    ['a value of one', 'environment: { A: "${B}" }\ntext/plain: { report: a }', /: environment\.A: refers to \$\{B\}/],
    [
      'LD_PRELOAD',
      'text/plain: { report: a, environ: { LD_PRELOAD: x.so } }',
      /\.environ\.LD_PRELOAD: loads code into/,
    ],
    [
      'a variable of ours',
      'environment: { BROAPT_PATH: x }\ntext/plain: { report: a }',
      /: environment\.BROAPT_PATH: is set by Dropgate/,
    ],
    [
      'a name with a space',
      'environment: { "A B": x }\ntext/plain: { report: a }',
      /: environment\.A B: is no name of a variable/,
    ],
    ['a NUL', 'text/plain: { report: [a, "\\0"] }', /\.report: holds a NUL; remove it/],
    ['a backward range', 'text/[z-a]: { report: a }', /: text\/\[z-a\]: .* is no pattern/],
    [
      'a canary of nothing',
      'canary: yes\ntext/plain: { report: a }',
      /: canary: does not fit; write eicar, or the keys/,
    ],
    ['accepts as a word', 'accepts: text/plain\ntext/plain: { report: a }', /: accepts: does not fit; write a list/],
  ])('a mistake names file, key and next step: %s', (_title, text, expected) => {
    expect(problems(text)).toEqual([expect.stringMatching(expected)]);
  });

  test('all mistakes are told at once', () => {
    expect(problems('text/plain: {}\nimage/png: { report: 1 }')).toHaveLength(2);
  });

  test('PATH may be set by the administrator, and a later value may refer to an earlier one', () => {
    const { apis } = parse('environment: { A: /opt, PATH: "${A}/bin:${PATH}" }\ntext/plain: { report: a }');
    expect(apis[0]?.environ).toEqual({ A: '/opt', PATH: '${A}/bin:${PATH}' });
  });
});
