import { writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { expect, describe as suite, test } from 'vitest';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { childPids, describe, itemOf, openProbe, put, scan, scanItem, until } from './support';

suite('the yara probe', () => {
  test('finds the EICAR file, its own canary', async () => {
    const probe = openProbe();
    const report = await scan(probe, put(tempFolder(), 'eicar.com', probe.manifest.canary?.bytes ?? ''));
    expect(report).toMatchObject({ statement: 'found', coverage: { kind: 'complete' } });
    expect(report.findings).toEqual([
      {
        probe: 'yara',
        name: 'EICAR_Test_File',
        severity: 'malicious',
        category: 'test',
        evidence: 'The EICAR test file, made to check that scanners work ($eicar at 0)',
        guidance: ['test-file'],
      },
    ]);
  });

  test('says explicitly that nothing was found, with the versions that say so', async () => {
    const probe = openProbe();
    const report = await scan(probe, put(tempFolder(), 'a.txt', 'an ordinary text'));
    const health = await describe(probe);
    expect(report).toEqual({
      statement: 'nothing_found',
      findings: [],
      coverage: { kind: 'complete' },
      engineVersion: health.engineVersion,
      databaseVersion: health.databaseVersion,
    });
  });

  test('describes engine, rules and limit', async () => {
    const health = await describe(openProbe({ maxBytes: 1000 }));
    expect(health).toMatchObject({ state: 'ready', problem: null, engineVersion: 'yara-x 1.7.1', maxBytes: 1000 });
    expect(health.databaseVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(health.signatures).toBeGreaterThan(9);
    expect(health.notes).toEqual(['engine yara-x 1.7.1']);
  });

  test('warns when its largest files may need more memory than half of what there is', async () => {
    const health = await describe(openProbe({ maxBytes: totalmem(), processes: 1 }));
    expect(health.notes.join()).toContain('GiB of memory');
  });

  test('covers an empty file, a file beyond the read buffer and a file of exactly its size', async () => {
    const folder = tempFolder();
    const rules = put(folder, 'rules/end.yar', 'rule at_end { strings: $a = "the-end" condition: $a at filesize - 7 }');
    const probe = openProbe({ rules: [rules] });
    expect(await scan(probe, put(folder, 'empty', ''))).toMatchObject({ statement: 'nothing_found' });
    for (const size of [1024 ** 2, 1024 ** 2 + 1, 5 * 1024 ** 2]) {
      const bytes = Buffer.alloc(size);
      bytes.write('the-end', size - 7);
      const report = await scan(probe, put(folder, `big-${size}`, bytes));
      expect(report.findings.map(({ name, severity }) => [name, severity])).toEqual([['at_end', 'suspicious']]);
      expect(report.findings[0]?.evidence).toBe(`rule at_end matched ($a at ${size - 7}; end.yar)`);
    }
  });

  test('does not read a file beyond its limit and never calls it covered', async () => {
    const probe = openProbe({ maxBytes: 10 });
    const report = await scanItem(probe, itemOf('/does/not/exist', 11));
    expect(report.coverage).toMatchObject({ kind: 'incomplete', reason: 'limit_exceeded' });
    expect(report.findings).toEqual([]);
  });

  test('rejects what it cannot read whole: missing file, folder, other size, line break in the path', async () => {
    const folder = tempFolder();
    const probe = openProbe();
    const path = put(folder, 'a', 'abc');
    const failed = { name: 'ProbeError', code: 'PROBE_FAILED' };
    await expect(scanItem(probe, itemOf(join(folder, 'missing'), 3))).rejects.toMatchObject(failed);
    await expect(scan(probe, folder)).rejects.toMatchObject(failed);
    await expect(scanItem(probe, itemOf(path, 2))).rejects.toMatchObject(failed);
    writeFileSync(join(folder, 'b\nc'), 'abc');
    await expect(scan(probe, join(folder, 'b\nc'))).rejects.toMatchObject(failed);
    expect(await scan(probe, path)).toMatchObject({ statement: 'nothing_found' });
  });

  test('takes any other name: spaces, quotes, bidi overrides, a leading dash', async () => {
    const folder = tempFolder();
    const probe = openProbe();
    for (const name of ['a b  c', '"$(id)"', 'x\u202efdp.exe', '-rf', 'ä'.repeat(100)]) {
      expect(await scan(probe, put(folder, name, EICAR))).toMatchObject({ statement: 'found' });
    }
  });

  test('gives every one of many files asked for at once its own answer', async () => {
    const folder = tempFolder();
    const probe = openProbe();
    const paths = Array.from({ length: 300 }, (_, n) => put(folder, `f${n}`, n % 7 === 0 ? EICAR : `text ${n}`));
    const reports = await Promise.all(paths.map((path) => scan(probe, path)));
    expect(reports.map(({ statement }) => statement)).toEqual(
      paths.map((_, n) => (n % 7 === 0 ? 'found' : 'nothing_found')),
    );
  });

  test('has one child for one file, and as many as it may have for more', async () => {
    const before = new Set(childPids());
    const own = () => childPids().filter((pid) => !before.has(pid)).length;
    const probe = openProbe({ processes: 2 });
    const paths = ['a', 'b', 'c', 'd'].map((name) => put(tempFolder(), name, 'text'));
    await scan(probe, paths[0] ?? '');
    expect(own()).toBe(1);
    await Promise.all(paths.map((path) => scan(probe, path)));
    expect(own()).toBe(2);
  });

  test('leaves no child behind when it is closed, and scans nothing any more', async () => {
    const before = new Set(childPids());
    const probe = openProbe();
    await Promise.all(['a', 'b', 'c'].map((name) => scan(probe, put(tempFolder(), name, 'text'))));
    const own = childPids().filter((pid) => !before.has(pid));
    expect(own).toHaveLength(2);
    await probe.close();
    await until(() => childPids().every((pid) => !own.includes(pid)));
    const path = put(tempFolder(), 'a', 'abc');
    await expect(scan(probe, path)).rejects.toMatchObject({ code: 'PROBE_UNAVAILABLE' });
  });
});
