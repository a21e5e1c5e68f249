import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { DropgateError } from '../base/errors';
import type { SettingsChange } from '../contract/window-calls';
import { changed, refined } from './settings-change';
import { lostComments } from './settings-comments';
import { bringTo, withoutAliases } from './settings-document';
import { parseYaml } from './settings-file';
import type { SettingsProblem } from './settings-problems';
import { valueAt } from './settings-shape';
import { spliced } from './settings-splice';

const HEADER = `# The configuration of Dropgate: written by its window, yours to edit. Every key is optional; what is not here has its
# default. Relative paths begin at the folder of this file.
`;

const BOM = '\u{feff}';

export interface Configuration {
  readonly text: string;
  readonly data: unknown;
}

/** A configuration that says nothing yet. */
export const NEW_CONFIGURATION: Configuration = { text: HEADER, data: {} };

/**
 * A configuration with changes made, one after the other: its comments stay, and so does everything that they do not
 * touch; or the problem of the first that cannot be made. Whether the data makes sense is not looked at here.
 */
export function edited(given: Configuration, changes: readonly SettingsChange[]): Configuration | SettingsProblem {
  const isMarked = given.text.startsWith(BOM);
  const bare = isMarked ? given.text.slice(1) : given.text;
  const hasReturns = bare.includes('\r\n');
  let text = hasReturns ? bare.replaceAll('\r\n', '\n') : bare;
  let { data } = given;
  for (const change of changes) {
    const whole = changed(data, change);
    if (!('data' in whole)) return whole;
    if (isDeepStrictEqual(whole.data, data)) continue;
    for (const step of refined(change, change.path.reduce(valueAt, data))) {
      const next = changed(data, step);
      if (!('data' in next)) return next;
      text = written(text, step, next.data);
      data = next.data;
    }
  }
  const ended = hasReturns ? text.replaceAll('\n', '\r\n') : text;
  return { text: isMarked ? BOM + ended : ended, data };
}

/** The text that says `wanted`, made in the way that touches least of it. Throws INTERNAL when none says it. */
function written(text: string, change: SettingsChange, wanted: unknown): string {
  const ways = [
    () => spliced(text, change, wanted),
    () => remade(text, wanted, false),
    () => remade(text, wanted, true),
  ];
  const made: string[] = [];
  for (const way of ways) {
    const next = way();
    if (next === null || !says(next, wanted)) continue;
    const lost = lostComments(text, next);
    if (lost.length === 0) return next;
    made.push(`${next.trimEnd()}\n${lost.map((comment) => `# ${comment}\n`).join('')}`);
  }
  const [first] = made;
  if (first !== undefined && says(first, wanted)) return first; // comments without a place of their own stand at the end
  throw new DropgateError(
    'INTERNAL',
    `the change of ${change.path.join('.')} cannot be written; change the file by hand`,
  );
}

function says(text: string, wanted: unknown): boolean {
  const parsed = parseYaml(text);
  return parsed.kind === 'data' && isDeepStrictEqual(parsed.data, wanted);
}

/** The whole document written anew; with `expand` every alias is replaced by what it stands for. */
function remade(text: string, wanted: unknown, expand: boolean): string | null {
  const document = parseDocument(text);
  if (expand && !withoutAliases(document)) return null;
  bringTo(document, wanted);
  return document.toString({ lineWidth: 0 });
}
