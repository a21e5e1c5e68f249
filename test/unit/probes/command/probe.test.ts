// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProbePlace } from './probe-support';
import { never } from './support';

const VERDICT = 'verdict: { exit: { 0: clean, 1: { name: Bad, severity: malicious } } }';
/** Finds "evil" in any type of file. */
const GREP = `"*/*": { report: [sh, -c, "! grep -q evil \\"$1\\"", x, "\${BROAPT_PATH}"], ${VERDICT} }\n`;

describe('what an end means', () => {
  test('an end that is mapped to clean is, and one that is mapped to a finding is found', async () => {
    const place = new ProbePlace().write(GREP);
    const probe = place.probe();
    expect(await place.scan(probe, 'good')).toMatchObject({
      statement: 'nothing_found',
      coverage: { kind: 'complete' },
    });
    const found = await place.scan(probe, 'evil');
    expect(found).toMatchObject({
      statement: 'found',
      findings: [{ probe: 'command', name: 'Bad', severity: 'malicious' }],
    });
    expect(found.databaseVersion).toBeNull();
  });

  test('commands that exit 0 say nothing of themselves: without a verdict it is an error that says what to add', async () => {
    const place = new ProbePlace().write('"*/*": { report: [true] }\n'.replace('[true]', '["true"]'));
    const error = await place.failure(place.probe());
    expect(error).toMatchObject({ code: 'PROBE_FAILED', retryable: false });
    expect(error.message).toMatch(/^\*\/\* does not say what its end means; add verdict below it in .*api\.yml$/);
  });

  test.each([
    ['a code that is not named', 'report: exit 9', 'PROBE_FAILED', 'report 1 of */* failed in attempt 1: exit code 9'],
    ['a signal', 'report: kill -SEGV $$', 'PROBE_FAILED', 'signal SIGSEGV'],
    ['a program that is missing', 'report: [no-such-tool]', 'PROBE_UNAVAILABLE', 'no-such-tool is not installed'],
    ['a program that the shell misses', 'report: no-such-tool', 'PROBE_FAILED', 'exit code 127'],
    ['a file that cannot be run', 'report: [./data]', 'PROBE_UNAVAILABLE', './data is not installed'],
    ['a script that fails', 'scripts: exit 3, report: exit 0', 'PROBE_FAILED', 'scripts 1 of */* failed'],
    ['an installation that fails', 'install: exit 3, report: exit 0', 'PROBE_FAILED', 'install 1 of */* failed'],
    ['a deadline', 'report: sleep 600', 'PROBE_TIMEOUT', 'did not end within 1 s'],
    ['too much output', 'report: yes', 'PROBE_LIMIT', 'more than 1048576 bytes'],
    ['a daemon', 'remote: true, report: exit 0', 'PROBE_FAILED', 'remote: true'],
    [
      'a workdir that is missing',
      'workdir: tool, report: exit 0',
      'PROBE_FAILED',
      'workdir: cannot be opened (ENOENT)',
    ],
  ])('never clean, and not tried again by others: %s', async (_title, commands, code, words) => {
    const place = new ProbePlace().write(`"*/*": { ${commands}, ${VERDICT} }\n`).put('text/plain/data', 'data');
    const error = await place.failure(place.probe({ timeoutSeconds: 1 }));
    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toContain(words);
  });

  test('commands that change the file that they look at prove nothing', async () => {
    const place = new ProbePlace().write(`"*/*": { report: 'printf CONTENT > "\${BROAPT_PATH}"', ${VERDICT} }\n`);
    const error = await place.failure(place.probe(), 'content');
    expect(error).toMatchObject({ code: 'SOURCE_CHANGED', retryable: false });
  });

  test('a file beyond maxBytes was not looked at', async () => {
    const place = new ProbePlace().write(GREP);
    const { coverage } = await place.scan(place.probe({ maxBytes: 10 }), 'evil and more');
    expect(coverage).toMatchObject({ kind: 'incomplete', reason: 'limit_exceeded' });
  });
});

describe('types of files', () => {
  const PDF = `application/pdf: { report: ["true"], ${VERDICT} }\n`;

  test('without accepts every type is its business: one without a definition is unsupported', async () => {
    const place = new ProbePlace().write(PDF);
    const probe = place.probe();
    await probe.describe(never);
    expect(probe.manifest).toMatchObject({ accepts: ['^(?:application\\/pdf)$'], others: 'unsupported' });
    const { coverage } = await place.scan(probe, 'content', 'text/plain');
    expect(coverage).toEqual({
      kind: 'incomplete',
      reason: 'unsupported',
      detail: 'nothing is defined for text/plain',
    });
    expect((await place.scan(probe, 'content', 'application/pdf')).coverage.kind).toBe('complete');
  });

  test('with accepts it is made for those types alone', async () => {
    const place = new ProbePlace().write(`accepts: ["application/*"]\n${PDF}`);
    const probe = place.probe();
    await probe.describe(never);
    expect(probe.manifest).toMatchObject({ accepts: ['^(?:application\\/.*)$'], others: 'ignored' });
    expect((await place.scan(probe, 'x', 'application/zip')).coverage).toMatchObject({ reason: 'unsupported' });
  });

  test('with example there is something for every type; its logs and folder are those of example', async () => {
    const place = new ProbePlace().write(`example: { report: [cat, told], verdict: { json: document } }\n${PDF}`);
    place.put('example/told', '{"verdict": "clean"}');
    const probe = place.probe();
    await probe.describe(never);
    expect(probe.manifest.accepts).toBeNull();
    expect((await place.scan(probe, 'x', 'image/png')).statement).toBe('nothing_found');
  });

  test('the workdir of a type is a folder of that type below the root, named after media type and subtype', async () => {
    const report = `report: [cat, told], verdict: { json: document }`;
    const place = new ProbePlace().write(`text/*: { ${report} }\nimage/*: { workdir: ../any, ${report} }\n`);
    place.put('apis/text/plain/told', '{"verdict": "clean"}').put('apis/image/any/told', '{"verdict": "clean"}');
    const probe = place.probe({ root: join(place.folder, 'apis') });
    expect((await place.scan(probe, 'x', 'text/plain')).statement).toBe('nothing_found');
    expect((await place.scan(probe, 'x', 'image/png')).statement).toBe('nothing_found');
    expect((await place.failure(probe, 'x', 'text/html')).message).toContain('told');
  });

  test.each(['text/plain; charset=utf-8', 'TEXT/PLAIN'])('%s is text/plain', async (mime) => {
    const place = new ProbePlace().write(GREP.replace('"*/*"', 'text/plain'));
    expect((await place.scan(place.probe(), 'evil', mime)).statement).toBe('found');
  });
});

describe('health', () => {
  test('tells the definitions, those without a verdict, and programs that are missing', async () => {
    const place = new ProbePlace().write(
      `text/plain: { report: [no-such-tool, a] }\nexample: { report: ls, ${VERDICT} }\n`,
    );
    const health = await place.probe().describe(never);
    expect(health).toMatchObject({ state: 'ready', problem: null, databaseVersion: null });
    expect(health.notes.slice(0, 3)).toEqual([
      'definitions: text/plain, example',
      'text/plain has no verdict, so nothing proves its files clean',
      'text/plain needs no-such-tool, which is not installed',
    ]);
  });

  test('programs are looked for as commands find them: where PATH and names refer to other variables', async () => {
    const place = new ProbePlace().put('tools/our-tool', '#!/bin/sh\n');
    chmodSync(join(place.folder, 'tools/our-tool'), 0o755);
    place.write(
      `environment: { TOOLS: "\${API_ROOT}/tools", PATH: "\${TOOLS}:\${PATH}" }\n` +
        `text/plain: { scripts: [[our-tool], [sh], ["\${TOOLS}/our-tool"], ["\${HOME}/made"]], report: ["\${TOOLS}/no-tool"], ${VERDICT} }\n`,
    );
    const { notes } = await place.probe().describe(never);
    const missing = notes.filter((note) => note.includes('text/plain needs'));
    expect(missing).toEqual([`text/plain needs ${join(place.folder, 'tools/no-tool')}, which is not installed`]);
  });

  test('is not ready while the definitions are mistaken or missing, and scans are errors; then it is again', async () => {
    const place = new ProbePlace().write('text/plain: { report: 1 }');
    const probe = place.probe();
    const health = await probe.describe(never);
    expect(health.state).toBe('not_ready');
    expect(health.problem).toMatch(/api\.yml: text\/plain\.report: does not fit; write a command/);
    expect((await place.failure(probe)).code).toBe('PROBE_UNAVAILABLE');
    place.write(GREP);
    expect(await probe.describe(never)).toMatchObject({ state: 'ready' });
    expect((await place.scan(probe, 'evil')).statement).toBe('found');
    const absent = new ProbePlace();
    expect((await absent.probe().describe(never)).problem).toContain(
      'does not exist; write it, or set probes.command.apis',
    );
  });

  test('the version changes with the text of the definitions and when a program is installed', async () => {
    const place = new ProbePlace().write('example: { report: [tool] }\nenvironment: { PATH: /none }\n');
    const probe = place.probe();
    const version = async () => (await probe.describe(never)).engineVersion;
    const first = await version();
    expect(await version()).toBe(first);
    place.write(`example: { report: [tool] }\nenvironment: { PATH: ${JSON.stringify(place.folder)} }\n`);
    const second = await version();
    expect(second).not.toBe(first);
    writeFileSync(join(place.folder, 'tool'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await version()).not.toBe(second);
  });

  test('an installation is done again when the definitions changed', async () => {
    const place = new ProbePlace();
    const made = JSON.stringify(join(place.folder, 'made'));
    const installing = `example: { install: 'echo x >> ${made}', report: 'cat ${made} >&2; exit $(wc -l < ${made})', ${VERDICT} }\n`;
    const probe = place.write(installing).probe();
    expect((await place.scan(probe)).statement).toBe('found');
    expect((await place.scan(probe)).statement).toBe('found');
    place.write(`# another text\n${installing}`);
    await probe.describe(never);
    expect((await place.failure(probe)).message).toContain('exit code 2');
  });
});
