import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe as suite, test } from 'vitest';
import { tempFolder } from '../../../support/temp-folder';
import { childPids, describe, openProbe, put, scan, until } from './support';

const rule = (name: string, word: string) => `rule ${name} { strings: $w = "${word}" condition: $w }\n`;

async function namesIn(probe: ReturnType<typeof openProbe>, path: string): Promise<string[]> {
  return (await scan(probe, path)).findings.map(({ name }) => name).sort();
}

suite('rule files', () => {
  test('are taken from all folders below, whatever the case of .yar and .yara; dot files and others are left out', async () => {
    const folder = tempFolder();
    put(folder, 'rules/a.yar', rule('a', 'word'));
    put(folder, 'rules/deep/er/b.YARA', rule('b', 'word'));
    put(folder, 'rules/.hidden.yar', rule('hidden', 'word'));
    put(folder, 'rules/notes.txt', 'no rule at all');
    symlinkSync(join(folder, 'rules'), join(folder, 'rules/deep/circle'));
    symlinkSync(put(folder, 'elsewhere/c.yar', rule('c', 'word')), join(folder, 'rules/linked.yar'));
    const probe = openProbe({ rules: [join(folder, 'rules')] });
    expect(await namesIn(probe, put(folder, 'x', 'a word'))).toEqual(['a', 'b', 'c']);
  });

  test('may use one name twice in different files, and a global rule decides in its own file only', async () => {
    const folder = tempFolder();
    put(folder, 'rules/1.yar', rule('same', 'word'));
    put(folder, 'rules/2.yar', rule('same', 'word'));
    put(folder, 'rules/3.yar', `global rule large { condition: filesize > 1MB }\n${rule('never', 'word')}`);
    const probe = openProbe({ rules: [join(folder, 'rules')] });
    const report = await scan(probe, put(folder, 'x', 'a word'));
    expect(report.findings.map(({ name, evidence }) => `${name}: ${evidence}`)).toEqual([
      'same: rule same matched ($w at 2; rules/1.yar)',
      'same: rule same matched ($w at 2; rules/2.yar)',
    ]);
  });

  test('that do not compile make the probe not ready and name file, line and cause', async () => {
    const folder = tempFolder();
    put(folder, 'rules/good.yar', rule('good', 'word'));
    put(folder, 'rules/x.yar', `${rule('first', 'word')}\nrule broken {\n  condition: foo\n}\n`);
    const probe = openProbe({ rules: [join(folder, 'rules')] });
    expect(await describe(probe)).toMatchObject({
      state: 'not_ready',
      problem: 'rules/x.yar line 4: unknown identifier `foo`: this identifier has not been declared',
    });
    const refused = scan(probe, put(folder, 'x', 'a word'));
    await expect(refused).rejects.toMatchObject({ name: 'ProbeError', code: 'PROBE_UNAVAILABLE' });
  });

  test.each([
    ['nothing in it, as one that is just being written', '', 'rules/b.yar: it is empty'],
    ['a word at its end that would hide a rule of the next file', `${rule('b', 'word')}private`, 'rules/b.yar'],
    ['an open comment that would swallow the next file', '/* rule lost { condition: true }', 'rules/b.yar'],
    ['a rule twice in one file', rule('twice', 'a') + rule('twice', 'b'), 'rules/b.yar line 2: duplicate rule'],
    ['an include', 'include "other.yar"', 'rules/b.yar line 1: include statements not allowed'],
    [
      'an unknown module',
      'import "magic" rule m { condition: magic.type() == "x" }',
      'rules/b.yar line 1: unknown module',
    ],
    ['bytes that are no UTF-8', Buffer.from([0x72, 0xff, 0xfe]), 'rules/b.yar: it is not UTF-8 text'],
  ])('with %s are refused', async (_title, content, problem) => {
    const folder = tempFolder();
    put(folder, 'rules/a.yar', rule('a', 'word'));
    put(folder, 'rules/b.yar', content);
    put(folder, 'rules/c.yar', rule('c', 'word'));
    const health = await describe(openProbe({ rules: [join(folder, 'rules')] }));
    expect(health.state).toBe('not_ready');
    expect(health.problem).toContain(problem);
  });

  test('that are missing make the probe not ready until they are back', async () => {
    const folder = tempFolder();
    const rules = join(folder, 'rules');
    const probe = openProbe({ rules: [rules] });
    const health = await describe(probe);
    expect(health.state).toBe('not_ready');
    expect(health.problem).toContain(`${rules}: this path or one below does not exist`);
    put(folder, 'rules/a.yar', rule('a', 'word'));
    expect(await describe(probe)).toMatchObject({ state: 'ready' });
  });

  test('make the probe not ready when a folder that was named holds none, as one that is not mounted', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'rules/below'), { recursive: true });
    put(folder, 'rules/notes.txt', 'no rule at all');
    const health = await describe(openProbe({ rules: [join(folder, 'rules')] }));
    expect(health.state).toBe('not_ready');
    expect(health.problem).toContain(`${join(folder, 'rules')} holds no rule file`);
  });

  test('are loaded again when one is added, changed, broken, mended or removed', async () => {
    const folder = tempFolder();
    const rules = join(folder, 'rules');
    put(rules, 'other.yar', rule('other', 'elsewhere'));
    const probe = openProbe({ rules: [rules] });
    const first = await describe(probe);
    const file = put(folder, 'x', 'one two');
    expect(await namesIn(probe, file)).toEqual([]);

    put(rules, 'a.yar', rule('a', 'one'));
    const second = await describe(probe);
    expect(second.databaseVersion).not.toBe(first.databaseVersion);
    expect(second.signatures).toBe((first.signatures ?? 0) + 1);
    expect(await namesIn(probe, file)).toEqual(['a']);

    put(rules, 'a.yar', rule('a', 'six'));
    await describe(probe);
    expect(await namesIn(probe, file)).toEqual([]);

    put(rules, 'a.yar', 'rule a {');
    expect(await describe(probe)).toMatchObject({ state: 'not_ready' });
    await expect(scan(probe, file)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });

    put(rules, 'new', rule('a', 'two'));
    renameSync(join(rules, 'new'), join(rules, 'a.yar'));
    expect(await describe(probe)).toMatchObject({ state: 'ready' });
    expect(await namesIn(probe, file)).toEqual(['a']);

    rmSync(join(rules, 'a.yar'));
    expect((await describe(probe)).databaseVersion).toBe(first.databaseVersion);
  });

  test('that change while files are scanned lose none of them, and the old children end', async () => {
    const folder = tempFolder();
    const rules = join(folder, 'rules');
    put(rules, 'a.yar', rule('a', 'word'));
    const probe = openProbe({ rules: [rules] });
    await describe(probe);
    const old = childPids();
    const file = put(folder, 'x', 'a word');
    const running = Array.from({ length: 200 }, () => namesIn(probe, file));
    put(rules, 'b.yar', rule('b', 'word'));
    await describe(probe);
    expect(await namesIn(probe, file)).toEqual(['a', 'b']);
    for (const names of await Promise.all(running)) expect(names).toContain('a');
    await until(() => childPids().every((pid) => !old.includes(pid)));
  });
});
