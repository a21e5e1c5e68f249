import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli';
import { tempFolder } from '../support/temp-folder';

/**
 * The convention of README and docs/command-probe.md: a fenced block with the info string `sh test` is run as it stands, in an empty folder with `dropgate`
 * on the PATH and a few files in ~/Downloads; it must succeed, line by line. Other `sh` blocks are only read.
 */
const ROOT = resolve(import.meta.dirname, '..', '..');
const blocks = ['README.md', 'docs/command-probe.md'].flatMap((file) => {
  const found = readFileSync(join(ROOT, file), 'utf8').matchAll(/^```(sh(?: test)?)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, info = '', text = '']) => ({ file, runnable: info === 'sh test', text }));
});

/** `dropgate quarantine list --held # words` -> its commands, and its options. */
const commands = blocks.flatMap(({ text }) =>
  [...text.matchAll(/^dropgate ([^\n#]*)/gm)].map(([, line = '']) => ({
    words: /^(?:[a-z]+ ?)*/.exec(line)?.[0].trim().split(' ') ?? [],
    options: line.match(/--[a-z-]+/g) ?? [],
  })),
);

test('every command and option that is shown is one that the program has', async () => {
  expect(commands.length).toBeGreaterThan(5);
  for (const { words, options } of commands) {
    const help = await runCli([...words, '--help']);
    expect.soft(help.code, words.join(' ')).toBe(0);
    expect.soft(help.stdout).toContain(`Usage: dropgate ${words.join(' ')}`);
    for (const option of options) expect.soft(help.stdout, words.join(' ')).toContain(option);
  }
});

test('npm run -s dropgate -- scan, from a checkout: prints the document and nothing of its own', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.txt'), 'hello');
  const args = ['run', '-s', 'dropgate', '--', 'scan', '--probe', 'file-type', '--json', join(folder, 'a.txt')];
  const output = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, HOME: folder } });
  expect(JSON.parse(output)).toMatchObject({ summary: { clean: 1 }, items: [{ relativePath: 'a.txt' }] });
});

test.for(blocks.filter(({ runnable }) => runnable))('$file: $text', { timeout: 120_000 }, ({ text }) => {
  const home = tempFolder();
  const bin = join(home, 'bin');
  for (const name of ['bin', 'Downloads', 'work']) mkdirSync(join(home, name));
  writeFileSync(join(home, 'Downloads', 'a.txt'), 'hello');
  const cli = join(process.env.DROPGATE_ENTRIES ?? '', 'cli.js');
  writeFileSync(join(bin, 'dropgate'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(bin, 'dropgate'), 0o755);
  const { DROPGATE_ENTRIES: _entries, ...own } = process.env;
  const env = { ...own, HOME: home, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const ended = spawnSync('sh', ['-eu', '-c', text], { cwd: join(home, 'work'), env, encoding: 'utf8' });
  expect(`${ended.status}: ${ended.stderr}`).toMatch(/^0: /);
});
