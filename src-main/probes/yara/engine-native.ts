import { createRequire } from 'node:module';
import { messageOf } from '../../base/errors';
import { type CompiledRules, MOST_MATCHES_PER_PATTERN, type RuleMatch, type YaraEngine } from './engine';

type Library = typeof import('@litko/yara-x');
type Scanner = InstanceType<Library['YaraX']>;
type Match = ReturnType<Scanner['scan']>[number];

const require = createRequire(__filename);

/** yara-x inside each release of @litko/yara-x, which does not tell it; read from the strings of its binary. */
const YARA_X_OF_PACKAGE: Record<string, string> = { '0.3.0': '1.7.1' };
const OPTIONS = { enableIncludes: false };

/** The N-API build, or the reason why it cannot be loaded here (no binary for this platform). */
export function loadNativeEngine(): YaraEngine | { readonly problem: string } {
  try {
    const library = require('@litko/yara-x') as Library;
    const { version } = require('@litko/yara-x/package.json') as { version: string };
    return engineOf(library, YARA_X_OF_PACKAGE[version] ?? `of @litko/yara-x ${version}`);
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function engineOf(library: Library, version: string): YaraEngine {
  return {
    version: `yara-x ${version}`,
    maxBytes: null,
    compile: (source) => new NativeRules(library.compile(source, OPTIONS)),
    mistakeIn: (source) => library.validate(source, OPTIONS).errors[0]?.message ?? null,
  };
}

class NativeRules implements CompiledRules {
  private readonly scanner: Scanner;

  constructor(scanner: Scanner) {
    scanner.setMaxMatchesPerPattern(MOST_MATCHES_PER_PATTERN);
    this.scanner = scanner;
  }

  scanBytes(bytes: Buffer): RuleMatch[] {
    return this.scanner.scan(bytes).map(matchOf);
  }

  scanFile(path: string): RuleMatch[] {
    return this.scanner.scanFile(path).map(matchOf);
  }
}

function matchOf(match: Match): RuleMatch {
  return {
    rule: match.ruleIdentifier,
    meta: new Map(Object.entries(match.meta)),
    hits: match.matches.map(({ identifier, offset }) => ({ pattern: identifier, offset })),
  };
}
