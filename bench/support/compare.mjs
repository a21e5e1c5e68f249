// Two commands over the same files, in turn; medians, raw and after start-up.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus.mjs';
import { cache } from './places.mjs';
import { printTable } from './report.mjs';
import { interleaved, median } from './run-command.mjs';

/** A folder with one small file: what a command needs for it is its start-up. */
export function oneFile() {
  const { folder } = corpus().small;
  const [part] = readdirSync(folder).sort();
  const [name] = readdirSync(join(folder, part)).sort();
  const single = join(cache, 'one-file');
  mkdirSync(single, { recursive: true });
  copyFileSync(join(folder, part, name), join(single, 'file'));
  return single;
}

/**
 * `contestants`: {reference, ..., dropgate}, each (folder, files) => seconds, the reference first, ours last; `set` of corpus();
 * `single` of oneFile(). Ratios are speeds of dropgate over the reference: raw, and with each one's own start-up
 * (median over one file) taken away. Prints a table, returns the figures. `goal`: the least such ratio; null: none was set.
 */
export function compare({ title, contestants, set, single, rounds, goal }) {
  const bind = (folder, files) =>
    Object.fromEntries(Object.entries(contestants).map(([name, run]) => [name, () => run(folder, files)]));
  const startUps = interleaved(bind(single, 1), rounds);
  const times = interleaved(bind(set.folder, set.files), rounds);
  const rows = Object.keys(contestants).map((name) => {
    const raw = median(times[name]);
    const startUp = median(startUps[name]);
    return {
      command: name,
      seconds: raw,
      least: Math.min(...times[name]),
      most: Math.max(...times[name]),
      'start-up s': startUp,
      'files/s': Math.round(set.files / raw),
      'files/s after start-up': Math.round(set.files / (raw - startUp)),
      'MB/s': Math.round(set.bytes / 1e6 / raw),
    };
  });
  const reference = rows[0];
  const ours = rows.at(-1);
  const ratio = reference.seconds / ours.seconds;
  const ratioAfterStartUp = (reference.seconds - reference['start-up s']) / (ours.seconds - ours['start-up s']);
  printTable(`${title}: ${set.files} files, ${Math.round(set.bytes / 1e6)} MB, ${rounds} rounds`, rows);
  const reached = goal === null ? '' : ` (goal ${goal}: ${ratioAfterStartUp >= goal ? 'reached' : 'missed'})`;
  process.stdout.write(`ratio ${ratio.toFixed(2)} raw, ${ratioAfterStartUp.toFixed(2)} after start-up${reached}\n`);
  return { title, files: set.files, bytes: set.bytes, rounds, ratio, ratioAfterStartUp, goal, times, startUps, rows };
}
