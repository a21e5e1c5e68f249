import { type RuleText, readRuleText, withoutIdleImports } from './rule-text';

/** One rule file as the children get it. `label` is how it is shown to people: `rules/x.yar`. */
export interface RuleFile {
  readonly label: string;
  readonly text: string;
  readonly builtIn: boolean;
}

/** Rule files that are compiled together. */
export interface RuleGroup {
  readonly source: string;
  /** File of each rule by the rule's name. */
  readonly files: ReadonlyMap<string, RuleFile>;
}

/**
 * Puts rule files together in as few compilations as their names allow: every further one costs a pass over each
 * scanned file. A rule name occurs once in a group, and a file with a `global` rule stays alone, so that it cannot
 * switch off the rules of other files. A file that names a rule twice gets a group of its own: the compiler will refuse it.
 */
export function groupRules(files: readonly RuleFile[]): RuleGroup[] {
  const shared: { source: string; files: Map<string, RuleFile> }[] = [];
  const alone: RuleGroup[] = [];
  for (const file of files) {
    const read = readRuleText(file.text);
    const source = `${withoutIdleImports(file.text, read)}\n`;
    if (mustBeAlone(read)) {
      alone.push({ source, files: new Map(read.rules.map((name) => [name, file])) });
      continue;
    }
    let group = shared.find((candidate) => read.rules.every((name) => !candidate.files.has(name)));
    if (group === undefined) {
      group = { source: '', files: new Map() };
      shared.push(group);
    }
    group.source += source;
    for (const name of read.rules) group.files.set(name, file);
  }
  return [...shared, ...alone];
}

function mustBeAlone(read: RuleText): boolean {
  return read.hasGlobal || read.unterminated || new Set(read.rules).size < read.rules.length;
}
