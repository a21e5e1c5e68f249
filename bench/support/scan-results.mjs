// Runs the released command over a folder and reads its results as they come: one item a line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dropgateCommand } from './places.mjs';

/**
 * Calls `onItem` with every item of `scan --json folder`, members after or before their containers; resolves with
 * {summary, seconds}. Throws when the command ends with something else than a verdict on every file.
 */
export async function scanEach(folder, onItem, extra = []) {
  const [program, ...args] = dropgateCommand();
  const started = performance.now();
  const child = spawn(program, [...args, 'scan', '--json', ...extra, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let told = '';
  child.stderr.on('data', (data) => {
    told = (told + String(data)).slice(-2000);
  });
  let summary = null;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.startsWith('{"id"')) onItem(JSON.parse(line.replace(/,$/, '')));
    else if (line.startsWith('],"summary"')) summary = JSON.parse(`{${line.slice(2)}`).summary;
  }
  const status = await ended;
  if (summary === null || ![0, 1, 2].includes(status)) throw new Error(`scan ended with ${status}: ${told}`);
  return { summary, seconds: (performance.now() - started) / 1000 };
}

/**
 * Folds items into their named files: calls `gather(root, item)` for each, in any order; resolves like scanEach with
 * `roots` beside it. A root is {path, verdict, reason, sentence, members, ...} and whatever `gather` puts there.
 */
export async function scanRoots(folder, gather, extra = []) {
  const roots = new Map();
  const parents = new Map();
  const early = [];
  const rootOf = (item) => {
    let id = item.id;
    for (let above = item.parent; above !== null && above !== undefined; above = parents.get(id)) id = above;
    return roots.get(id);
  };
  const take = (item) => {
    const root = rootOf(item);
    if (root === undefined) return false;
    if (item.parent !== null) root.members += 1;
    gather(root, item);
    return true;
  };
  const ended = await scanEach(
    folder,
    (item) => {
      parents.set(item.id, item.parent);
      if (item.parent === null) {
        const { id, relativePath, path, verdict, reason, sentence, size } = item;
        roots.set(id, { path, relativePath, verdict, reason, sentence, size, members: 0 });
      }
      if (!take(item)) early.push(item);
    },
    extra,
  );
  for (const item of early) if (!take(item)) throw new Error(`an item without its file: ${item.path}`);
  return { ...ended, roots: [...roots.values()] };
}
