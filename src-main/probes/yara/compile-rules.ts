import { messageOf } from '../../base/errors';
import type { CompiledRules, YaraEngine } from './engine';
import { groupRules, type RuleFile } from './rule-groups';

/** Compiled rules, each with the file that it came from by its name. */
export interface RuleSet {
  readonly compiled: CompiledRules;
  readonly files: ReadonlyMap<string, RuleFile>;
}

/** Says which rule file is wrong, where and why: "rules/x.yar line 12: unknown identifier `foo`". */
export class RulesError extends Error {}

/** Compiles every file, or throws a RulesError: never some of the rules. */
export function compileRules(engine: YaraEngine, files: readonly RuleFile[]): RuleSet[] {
  try {
    return groupRules(files).map((group) => ({ compiled: engine.compile(group.source), files: group.files }));
  } catch (error) {
    throw new RulesError(problemOf(engine, files) ?? firstLine(messageOf(error)));
  }
}

function problemOf(engine: YaraEngine, files: readonly RuleFile[]): string | null {
  const problems = files.flatMap((file) => {
    const mistake = engine.mistakeIn(file.text);
    return mistake === null ? [] : [describeMistake(file.label, mistake)];
  });
  const [first, ...others] = problems;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} (and ${others.length} more rule files with mistakes)`;
}

/**
 * The compiler's message is a drawing of several lines: `error[E009]: unknown identifier`, ` --> line:2:13`, the line
 * itself, and under it the reason behind `^^^`.
 */
function describeMistake(label: string, message: string): string {
  const line = /--> line:(\d+)/.exec(message)?.[1];
  const reason = /\|\s*\^+ (.+)$/m.exec(message)?.[1];
  const cause = firstLine(message);
  return `${label}${line === undefined ? '' : ` line ${line}`}: ${reason === undefined ? cause : `${cause}: ${reason}`}`;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/^.*?error\[E\d+\]: /, '');
}
