/** One rule that matched, in the words of either library. Private rules are left out. */
export interface RuleMatch {
  readonly rule: string;
  readonly meta: ReadonlyMap<string, unknown>;
  /** Where its patterns matched: identifier (`$a`) and offset in bytes. */
  readonly hits: readonly { readonly pattern: string; readonly offset: number }[];
}

/** Compiled rules, ready to look at one file after the other. Every method is synchronous and throws when it fails. */
export interface CompiledRules {
  scanBytes(bytes: Buffer): RuleMatch[];
  /** Reads the file itself and frees the memory before it returns. */
  scanFile(path: string): RuleMatch[];
}

/** A YARA library inside the child process. */
export interface YaraEngine {
  /** `yara-x 1.7.1`, with ` (WASM)` behind it for the slow build. */
  readonly version: string;
  /** Largest file in bytes that it can scan; null = no limit of its own. */
  readonly maxBytes: number | null;
  /** Throws an Error with the compiler's own words, in which the line stands as ` --> line:12:5`. */
  compile(source: string): CompiledRules;
  /** The first mistake of a source in the compiler's own words, or null. */
  mistakeIn(source: string): string | null;
}

/**
 * Matches kept per pattern and file. The library's default of a million lets a hostile file fill the memory of the
 * child; a rule that counts beyond this figure does not match.
 */
export const MOST_MATCHES_PER_PATTERN = 10_000;
