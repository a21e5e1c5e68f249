// npm run reliability: writes the table of docs/reliability.md from the last run of the fault suites (.cache/faults.json),
// with the date of that run and the machine. What stands around the table stays.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../bench/support/report.mjs';
import { root } from './runtime.mjs';

const BEGIN = '<!-- the table: npm run reliability -->';
const END = '<!-- end of the table -->';

const results = join(root, '.cache', 'faults.json');
const page = join(root, 'docs', 'reliability.md');
const { whole, rows } = JSON.parse(readFileSync(results, 'utf8'));
const text = readFileSync(page, 'utf8');
const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`${page} has no place for the table: ${BEGIN} ... ${END}`);
writeFileSync(page, `${text.slice(0, begin)}${BEGIN}\n${heading()}\n\n${table()}\n${text.slice(end)}`);

/** When, on what, and how much of it. */
function heading() {
  const { cores, cpu, memoryGiB, kernel, node } = machine();
  const date = statSync(results).mtime.toISOString().slice(0, 10);
  const run = whole ? 'the whole suites (`npm run test:faults`)' : 'a reduced run';
  return `${date}, ${run}: ${cores} cores (${cpu}), ${memoryGiB} GiB of memory, Linux ${kernel.split('-')[0]}, Node ${node}.`;
}

function table() {
  const line = ({ fault, tried, wrong, note }) => `| ${fault} | ${tried} | ${wrong} | ${note ?? ''} |`;
  const sorted = [...rows].sort((one, other) => (one.fault < other.fault ? -1 : 1));
  return ['| fault | tried | wrong | |', '|---|---|---|---|', ...sorted.map(line)].join('\n');
}
