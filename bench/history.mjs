// What a history costs: every list, search and figure of the engine's calls, its start and its memory, with 1,000 ended
// items and with 1,000,000, and its start with 100,000 files waiting. A question is asked anew (first) and four times more.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { writeHistory, writePending } from './support/history-ledger.mjs';
import { cache, dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable } from './support/report.mjs';
import { median, timed } from './support/run-command.mjs';
import { connectSocket } from './support/socket-client.mjs';

const FEW = 1000;
const PENDING = 100_000;
const PAGE = 100;
const AGAIN = 4;
const POLL_MS = 5;
const DAY_MS = 24 * 3_600_000;
/** Longest time that the side tables of a search may take to be filled. */
const FILLED_MS = 30 * 60_000;

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ago = (days) => new Date(Date.now() - days * DAY_MS).toISOString();

/** [what, call, parameters] of each question; `known` has ids and hashes of this very ledger. */
function questions({ items, whole, big, small, item }) {
  const list = (what, query, offset = 0) => [what, 'items', { query, offset, limit: PAGE }];
  const sorted = (by, descending) => ({ sort: { by, descending } });
  return [
    list('all, newest first', {}),
    list('ended, newest first', { open: false }),
    list('ended, page in the middle', { open: false }, Math.floor(items / 2)),
    list('ended, last page', { open: false }, items - PAGE),
    list('by name', { open: false, ...sorted('name', false) }),
    list('by name, page in the middle', { open: false, ...sorted('name', false) }, Math.floor(items / 2)),
    list('by size', { open: false, ...sorted('size', true) }),
    list('by size, page in the middle', { open: false, ...sorted('size', true) }, Math.floor(items / 2)),
    list('by verdict', { open: false, ...sorted('verdict', false) }),
    list('by verdict, page in the middle', { open: false, ...sorted('verdict', false) }, Math.floor(items / 2)),
    list('infected', { verdicts: ['infected'] }),
    list('unverified or suspicious, by name', { verdicts: ['unverified', 'suspicious'], ...sorted('name', false) }),
    list('clean', { verdicts: ['clean'] }),
    list('forwarded', { dispositions: ['forwarded'] }),
    list('released', { dispositions: ['released'] }),
    list('held', { dispositions: ['held'] }),
    list('held or quarantined, by verdict', { dispositions: ['held', 'quarantined'], ...sorted('verdict', false) }),
    list('of the last week', { since: ago(7) }),
    list('of the last half year', { since: ago(180) }),
    list('found by yara', { probe: 'yara' }),
    list('found by a probe that found nothing', { probe: 'hash-list' }),
    list('one submission of 20', { submission: small }),
    list('one submission of a tenth of all', { submission: big }),
    list('queue', { open: true }),
    list('text of one in ten', { text: 'invoice' }),
    list('text of one in ten, by size', { text: 'invoice', ...sorted('size', true) }),
    list('text of one in ten, held', { text: 'invoice', dispositions: ['held'] }),
    list('text of one in seven', { text: 'pdf' }),
    list('text of two letters', { text: 'pd' }),
    list('text of every file', { text: 'incoming' }),
    list('text of a few', { text: '-00471' }),
    list('text of none', { text: 'nothing has this' }),
    list('name of a finding', { text: 'Trojan.Family7' }),
    list('eight digits of a hash', { text: whole.slice(0, 8) }),
    list('a whole hash', { text: whole }),
    ['select all clean', 'item-ids', { query: { verdicts: ['clean'] } }],
    ['page of one item', 'item-page', { id: item, language: 'en' }],
    ['quarantine list, first page', 'kept-list', { state: 'quarantined', after: 0, limit: 200 }],
    ['quarantine list, last page', 'kept-list', { state: 'quarantined', after: Math.floor(items * 0.98), limit: 200 }],
    ['submissions', 'submissions', { open: false, offset: 0, limit: 50 }],
    ['submissions, last page', 'submissions', { open: false, offset: Math.floor((items * 9) / 200), limit: 50 }],
    ['submissions, open', 'submissions', { open: true, offset: 0, limit: 50 }],
    ['overview of a day', 'overview', { hours: 24 }],
    ['overview of a month', 'overview', { hours: 24 * 31 }],
    ['progress of a tenth of all', 'progress', { submission: big }],
    ['results of a tenth of all, notable', 'results', { submission: big, after: 0, limit: 200, notable: true }],
    ['status', 'status', {}],
  ];
}

/** A data folder with its empty ledger, made by the program. */
function emptyPlace(name) {
  const dataDir = join(cache, name);
  const config = `${dataDir}.yaml`;
  rmSync(dataDir, { recursive: true, force: true });
  writeFileSync(config, JSON.stringify({ dataDir, profiles: { default: { probes: ['file-type', 'hash-list'] } } }));
  timed([...dropgateCommand(), 'quarantine', 'list', '--config', config]);
  return { name, dataDir, config, ledger: join(dataDir, 'ledger.db'), socket: join(dataDir, 'engine.sock') };
}

function read(ledger, work) {
  const db = new Sqlite(ledger, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Processor milliseconds that all threads of a process have had. */
function processorOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => {
    return sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  }, 0);
}

/** Without the pages of the ledger that are mapped, which the system takes back when it needs them. */
const memoryOf = (pid) =>
  Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** A running gateway: {process, client, startMs}; `startMs` from its process to its first answer. */
export async function startGateway({ config, socket }) {
  const [node, ...args] = dropgateCommand();
  const started = performance.now();
  const gateway = spawn(node, [...args, 'run', '--config', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    const client = await connectSocket(socket);
    if (client !== null) {
      await client.call('status', {});
      return { process: gateway, client, startMs: performance.now() - started };
    }
    if (gateway.exitCode !== null) throw new Error(`the gateway ended with ${gateway.exitCode}`);
    await rest(POLL_MS);
  }
}

async function stop({ process: gateway, client }) {
  client.close();
  const ended = new Promise((resolve) => gateway.once('exit', resolve));
  gateway.kill('SIGTERM');
  await ended;
}

/** Resolves when everything that ended can be found by the side tables of a search. */
async function filled(ledger) {
  const until = performance.now() + FILLED_MS;
  const due = (db) => db.prepare('SELECT count(*) FROM search_due').pluck().get();
  while (read(ledger, due) > 0) {
    if (performance.now() > until) throw new Error('the side tables are not filled');
    await rest(500);
  }
}

/** Every question to one ledger: {startMs, filledSeconds, memory, answers: {what: {first, again, total}}}. */
export async function measure(place, items) {
  const begun = await startGateway(place);
  const from = performance.now();
  await filled(place.ledger);
  const filledSeconds = (performance.now() - from) / 1000;
  await stop(begun);
  const gateway = await startGateway(place);
  try {
    const known = read(place.ledger, (db) => {
      const one = db.prepare('SELECT sha256 AS whole, id AS item FROM item WHERE id = ?').get(Math.ceil(items / 3));
      const guid = db.prepare('SELECT guid FROM submission ORDER BY id DESC LIMIT 1 OFFSET ?').pluck();
      return { ...one, item: String(one.item), big: guid.get(0), small: guid.get(5), items };
    });
    const before = memoryOf(gateway.process.pid);
    const answers = {};
    for (const [what, call, params] of questions(known)) {
      const times = [];
      const work = [];
      let total = null;
      for (let round = 0; round <= AGAIN; round += 1) {
        const [asked, worked] = [performance.now(), processorOf(gateway.process.pid)];
        const result = await gateway.client.call(call, params);
        times.push(performance.now() - asked);
        work.push(processorOf(gateway.process.pid) - worked);
        total = result.total ?? null;
      }
      answers[what] = {
        first: times[0],
        again: median(times.slice(1)),
        work: work[0],
        workAgain: median(work.slice(1)),
        total,
      };
    }
    const memory = { before, after: memoryOf(gateway.process.pid) };
    return { startMs: gateway.startMs, filledSeconds, memory, answers };
  } finally {
    await stop(gateway);
  }
}

/** {ms, cpu} from the process of a gateway to its first move of a file that waited, with `PENDING` of them. */
export async function startWithPending(place) {
  const source = join(place.dataDir, '..', 'pending.txt');
  writeFileSync(source, 'it waits\n');
  const first = writePending(place.ledger, PENDING, source);
  const [node, ...args] = dropgateCommand();
  const started = performance.now();
  const gateway = spawn(node, [...args, 'run', '--config', place.config], { stdio: ['ignore', 'ignore', 'inherit'] });
  const db = new Sqlite(place.ledger, { readonly: true });
  try {
    const state = db.prepare('SELECT state FROM item WHERE id = ?').pluck();
    while (state.get(first) === 'received') await rest(POLL_MS);
    return { ms: performance.now() - started, cpu: processorOf(gateway.pid) };
  } finally {
    db.close();
    gateway.kill('SIGKILL');
    await new Promise((resolve) => gateway.once('exit', resolve));
    rmSync(source);
  }
}

/** Makes the ledger, asks it everything, and starts an engine on it that has much to do. */
async function measureHistory(items) {
  const place = emptyPlace(`history-${items}`);
  try {
    writeHistory(place.ledger, items);
    return { ...(await measure(place, items)), pending: await startWithPending(place) };
  } finally {
    rmSync(place.dataDir, { recursive: true, force: true });
    rmSync(place.config, { force: true });
  }
}

/** Rows of the table: one for each question (`cpu`: of the whole engine), then start and memory. */
export function rowsOf(few, many, items) {
  const shown = ({ first, again, work, workAgain }, name) => {
    return {
      [`${name} first`]: first,
      [`${name} again`]: again,
      [`${name} cpu`]: work,
      [`${name} cpu again`]: workAgain,
    };
  };
  const names = [String(FEW), String(items)];
  const rows = Object.entries(many.answers).map(([what, answer]) => {
    return { what, ...shown(few.answers[what], names[0]), ...shown(answer, names[1]), total: answer.total ?? '' };
  });
  const nothing = { first: '', again: '', work: '', workAgain: '' };
  const figure = (what, of) => {
    const figures = [few, many].map((each, at) => shown({ ...nothing, first: of(each) }, names[at]));
    return { what, ...figures[0], ...figures[1], total: '' };
  };
  rows.push(figure('start to the first answer', ({ startMs }) => startMs));
  rows.push(figure(`start to the first step of ${PENDING} files that wait`, ({ pending }) => pending.ms));
  rows.push(figure('processor time of that start', ({ pending }) => pending.cpu));
  rows.push(figure('side tables of the search filled, s', ({ filledSeconds }) => filledSeconds));
  rows.push(figure('memory of its own at rest, MiB', ({ memory }) => memory.before));
  rows.push(figure('memory of its own after all questions, MiB', ({ memory }) => memory.after));
  return rows;
}

export async function run({ historyItems }) {
  const start = machine();
  const few = await measureHistory(FEW);
  const many = await measureHistory(historyItems);
  const rows = rowsOf(few, many, historyItems);
  printTable('History (ms)', rows);
  keep('history', start, { rows });
}
