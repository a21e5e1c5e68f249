// How figures are shown and kept: a table on stdout, and .cache/bench/<part>.json with the machine they come from.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { cache } from './places.mjs';

/** Date, processor, memory, kernel, load of the minute before. No host name and no path. */
export function machine() {
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Number((totalmem() / 1024 ** 3).toFixed(1)),
    kernel: release(),
    node: process.version,
    loadBefore: Number(loadavg()[0].toFixed(2)),
  };
}

/** First line that `program args` prints, or 'not installed'. */
export function versionOf(program, ...args) {
  const result = spawnSync(program, args, { encoding: 'utf8' });
  return result.error === undefined ? result.stdout.trim().split('\n')[0] : 'not installed';
}

export function printTable(title, rows) {
  const columns = Object.keys(rows[0]);
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  process.stdout.write(`\n${title}\n`);
  for (const line of cells)
    process.stdout.write(
      `${line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  ')}\n`,
    );
}

function shown(value) {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1);
}

/** Writes and prints the figures of one part: {bench, machine, ...figures}. */
export function keep(part, start, figures) {
  const document = { bench: part, machine: start, ...figures };
  writeFileSync(join(cache, `${part}.json`), `${JSON.stringify(document, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
