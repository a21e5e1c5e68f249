import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../base/errors';
import { readFileSync } from '../../base/files';
import { type CompiledRules, MOST_MATCHES_PER_PATTERN, type RuleMatch, type YaraEngine } from './engine';

type Library = typeof import('@virustotal/yara-x');
type Rules = ReturnType<InstanceType<Library['Compiler']>['build']>;
type Scanner = ReturnType<Rules['scanner']>;

const require = createRequire(__filename);

/** The file is copied into the memory of the WASM machine, which ends at 4 GiB; at about 25 MB/s more makes no sense. */
const MOST_BYTES = 256 * 1024 ** 2;

/** What Scanner.scan answers (the package's README, "Scan Results Structure"; its types say `any`). */
const resultSchema = z.object({
  valid: z.literal(true),
  errors: z.array(z.unknown()).max(0).optional(),
  matches: z.array(
    z.object({
      identifier: z.string(),
      isPrivate: z.boolean(),
      metadata: z.array(z.object({ identifier: z.string(), value: z.unknown() })),
      patterns: z.array(z.object({ identifier: z.string(), matches: z.array(z.object({ offset: z.number() })) })),
    }),
  ),
});

/** The WASM build, for platforms without a binary of the other. Throws when it cannot be loaded either. */
export async function loadWasmEngine(): Promise<YaraEngine> {
  const library: Library = await import('@virustotal/yara-x');
  const manifest = require.resolve('@virustotal/yara-x/package.json');
  const { version } = require(manifest) as { version: string };
  library.initSync({ module: readFileSync(join(dirname(manifest), 'pkg', 'yara_x_js_bg.wasm')) });
  return {
    version: `yara-x ${version} (WASM)`,
    maxBytes: MOST_BYTES,
    compile: (source) => new WasmRules(build(library, source).scanner()),
    mistakeIn: (source) => {
      try {
        build(library, source).free();
        return null;
      } catch (error) {
        return messageOf(error);
      }
    },
  };
}

function build(library: Library, source: string): Rules {
  const compiler = new library.Compiler();
  try {
    compiler.addSource(source);
    return compiler.build();
  } finally {
    compiler.free();
  }
}

class WasmRules implements CompiledRules {
  private readonly scanner: Scanner;

  constructor(scanner: Scanner) {
    scanner.setMaxMatchesPerPattern(MOST_MATCHES_PER_PATTERN);
    this.scanner = scanner;
  }

  scanBytes(bytes: Buffer): RuleMatch[] {
    const { matches } = resultSchema.parse(this.scanner.scan(bytes));
    return matches.filter((match) => !match.isPrivate).map(matchOf);
  }

  scanFile(path: string): RuleMatch[] {
    return this.scanBytes(readFileSync(path));
  }
}

function matchOf(match: z.infer<typeof resultSchema>['matches'][number]): RuleMatch {
  return {
    rule: match.identifier,
    meta: new Map(match.metadata.map(({ identifier, value }) => [identifier, value])),
    hits: match.patterns.flatMap(({ identifier, matches }) =>
      matches.map(({ offset }) => ({ pattern: identifier, offset })),
    ),
  };
}
