// 250 generated rules of the usual kinds: text, nocase text, hex with wildcards, a regular expression. None matches an
// ordinary file: every rule wants words together that the generator made up. With modules, one rule in five also asks
// about the structure of the file, as public rule sets do (they import pe and mostly elf, math, hash and dotnet).
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './places.mjs';
import { seeded } from './random.mjs';

const RULES = 250;
const SEED = 250;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The default rules that dropgate ships, as files for the yara command. */
export function defaultRuleFiles() {
  const folder = join(root, 'resources', 'rules');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yar'))
    .sort()
    .map((name) => join(folder, name));
}

const MODULE_CONDITIONS = [
  'uint16(0) == 0x5a4d and pe.number_of_sections > 3',
  'elf.type == elf.ET_EXEC and elf.number_of_sections > 3',
  'filesize < 2MB and math.entropy(0, 1024) > 7.5',
  'uint16(0) == 0x5a4d and dotnet.is_dotnet',
  'uint16(0) == 0x5a4d and hash.md5(0, 512) == "00112233445566778899aabbccddeeff"',
];
const MODULES = ['pe', 'elf', 'math', 'hash', 'dotnet'];

/** Writes the generated rules; returns {folder, files, rules}. */
export function generatedRules({ modules }) {
  const folder = join(cache, modules ? 'yara-rules-with-modules' : 'yara-rules');
  mkdirSync(folder, { recursive: true });
  const next = seeded(SEED);
  const file = join(folder, 'generated.yar');
  const imports = modules ? MODULES.map((name) => `import "${name}"\n`).join('') : '';
  const conditionOf = (at) => (modules && at % 5 === 0 ? `${MODULE_CONDITIONS[(at / 5) % 5]} and ` : '');
  const rules = Array.from({ length: RULES }, (_, at) => rule(at, next, conditionOf(at)));
  writeFileSync(file, imports + rules.join('\n'));
  return { folder, files: [file], rules: RULES };
}

function word(next, length) {
  return Array.from({ length }, () => LETTERS[next(LETTERS.length)]).join('');
}

function hex(next) {
  const bytes = Array.from({ length: 12 }, (_, at) =>
    at === 5 || at === 8 ? '??' : next(256).toString(16).padStart(2, '0'),
  );
  return bytes.join(' ');
}

function rule(at, next, alsoAsked) {
  const strings = [
    `    $text = "${word(next, 6)}_${word(next, 8)}"`,
    `    $any_case = "${word(next, 12)}" nocase`,
    `    $wide = "${word(next, 10)}" ascii wide`,
    `    $bytes = { ${hex(next)} }`,
  ];
  if (at % 3 === 0) strings.push(`    $pattern = /${word(next, 5)}[0-9]{2,6}[a-f]+${word(next, 4)}/`);
  return `rule bench_${at}\n{\n  strings:\n${strings.join('\n')}\n  condition:\n    ${alsoAsked}2 of them\n}\n`;
}
