import { messageOf } from '../../base/errors';
import { LineInput, writeOut } from '../child-pipe';
import { endWithParent } from '../orphan-watch';
import { compileRules, RulesError } from './compile-rules';
import type { YaraEngine } from './engine';
import { loadNativeEngine } from './engine-native';
import { loadWasmEngine } from './engine-wasm';
import { FileScanner } from './scan-file';
import { type Answer, decodeRequest, encodeAnswer, type Hello, setupSchema } from './wire';

/** A YARA child: compiles the rules that it is given, then scans one file after the other until its input ends. */

async function chooseEngine(): Promise<{ engine: YaraEngine; fallback: string | null }> {
  if (process.env.DROPGATE_YARA_ENGINE === 'wasm') {
    return { engine: await loadWasmEngine(), fallback: 'DROPGATE_YARA_ENGINE asks for it' };
  }
  const native = loadNativeEngine();
  if (!('problem' in native)) return { engine: native, fallback: null };
  return { engine: await loadWasmEngine(), fallback: native.problem };
}

/** Lines are taken in two steps, since the first ones may have come together with the rules. */
async function prepare(setupLine: string): Promise<FileScanner | null> {
  const { rules } = setupSchema.parse(JSON.parse(setupLine));
  const { engine, fallback } = await chooseEngine();
  try {
    const sets = compileRules(engine, rules);
    const count = sets.reduce((sum, set) => sum + set.files.size, 0);
    say({ kind: 'ready', engineVersion: engine.version, rules: count, maxBytes: engine.maxBytes, fallback });
    return new FileScanner(sets);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    say({ kind: 'bad_rules', problem: error.message });
    return null;
  }
}

function say(hello: Hello): void {
  writeOut(`${JSON.stringify(hello)}\n`);
}

function answerTo(scanner: FileScanner, path: string, size: number): Answer {
  try {
    const findings = scanner.scan(path, size);
    return findings.length === 0 ? { kind: 'nothing_found' } : { kind: 'found', findings };
  } catch (error) {
    return { kind: 'error', message: messageOf(error) };
  }
}

/** Each answer goes out before the next file is begun: the parent blames the oldest open request when this process dies. */
function serve(scanner: FileScanner, lines: readonly string[]): void {
  for (const line of lines) {
    const { id, size, path } = decodeRequest(line);
    writeOut(encodeAnswer(id, answerTo(scanner, path, size)));
  }
}

async function main(): Promise<void> {
  await endWithParent();
  const input = new LineInput();
  const [setupLine = '', ...early] = input.next() ?? [];
  const scanner = await prepare(setupLine);
  if (scanner === null) return;
  serve(scanner, early);
  for (let lines = input.next(); lines !== null; lines = input.next()) serve(scanner, lines);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`, () => process.exit(1));
  },
);
