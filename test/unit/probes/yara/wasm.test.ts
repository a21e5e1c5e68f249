import { afterEach, beforeEach, expect, describe as suite, test } from 'vitest';
import { EICAR, tempFolder } from '../../../support/temp-folder';
import { describe, openProbe, put, scan } from './support';

const RULES = `
import "hash"
private rule helper { condition: true }
rule words : tag {
  meta:
    severity = "malicious"
    guidance = "web-shell, test-file"
  strings:
    $a = "alpha"
    $b = /be+ta/ nocase
  condition: helper and all of them
}
rule by_hash { condition: filesize < 100 and hash.md5(0, filesize) == "900150983cd24fb0d6963f7d28e17f72" }
rule at_two { strings: $hex = { 61 ?? 63 } condition: $hex at 2 }
`;

suite('the WASM engine', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.DROPGATE_YARA_ENGINE;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.DROPGATE_YARA_ENGINE;
    else process.env.DROPGATE_YARA_ENGINE = before;
  });

  test('finds the same as the native one, and says that it runs', async () => {
    const folder = tempFolder();
    const rules = [put(folder, 'rules/r.yar', RULES)];
    const contents = [
      EICAR,
      'abc',
      'xxabcabc',
      'alpha BEEETA alpha',
      '',
      'nothing',
      Buffer.alloc(2 * 1024 ** 2, 'alpha beta '),
    ];
    const paths = contents.map((content, n) => put(folder, `f${n}`, content));
    const native = openProbe({ rules, processes: 1 });
    const health = await describe(native);
    process.env.DROPGATE_YARA_ENGINE = 'wasm';
    const wasm = openProbe({ rules, processes: 1 });
    const wasmHealth = await describe(wasm);

    expect(wasmHealth).toMatchObject({ state: 'ready', signatures: health.signatures, maxBytes: 256 * 1024 ** 2 });
    expect(wasmHealth.engineVersion).toMatch(/^yara-x \d+\.\d+\.\d+ \(WASM\)$/);
    expect(wasmHealth.notes.join()).toContain('much slower');
    expect(wasmHealth.databaseVersion).toBe(health.databaseVersion);
    const namesOfAll: string[] = [];
    for (const path of paths) {
      const expected = await scan(native, path);
      expect((await scan(wasm, path)).findings).toEqual(expected.findings);
      namesOfAll.push(expected.findings.map(({ name }) => name).join());
    }
    expect(namesOfAll).toEqual(['EICAR_Test_File', 'by_hash', 'at_two', 'words', '', '', 'words']);
  });

  test('names file and line of a broken rule, too', async () => {
    process.env.DROPGATE_YARA_ENGINE = 'wasm';
    const rules = [put(tempFolder(), 'rules/x.yar', 'rule a { condition: true }\nrule b { condition: foo }')];
    const health = await describe(openProbe({ rules, processes: 1 }));
    expect(health.state).toBe('not_ready');
    expect(health.problem).toContain('x.yar line 2: unknown identifier `foo`');
  });
});
