import { resolve } from 'node:path';
import { systemClock } from '../base/clock';
import type { EngineClient } from '../base/engine-client';
import { DropgateError } from '../base/errors';
import { lstatSync } from '../base/files';
import { DAY_MS } from '../contract/durations';
import type { KeptItem } from '../contract/ipc-schema';
import { withEngine } from './connect';
import type { OutputOptions } from './options';
import { count, humanBytes, paint, say, writeOut } from './print';

const PAGE = 200;
type Reasoned = OutputOptions & { readonly reason: string };

async function* kept(client: EngineClient, states: readonly ('held' | 'quarantined')[]): AsyncGenerator<KeptItem> {
  for (const state of states) {
    for (let after = 0; ; ) {
      const page = await client.call('kept-list', { state, after, limit: PAGE });
      if (page.items.length === 0) break;
      after = page.next;
      yield* page.items;
    }
  }
}

const json = (value: unknown) => writeOut(`${JSON.stringify(value)}\n`);

function states(options: { held?: boolean; quarantined?: boolean }): ('held' | 'quarantined')[] {
  if (options.held === options.quarantined) return ['quarantined', 'held'];
  return options.held === true ? ['held'] : ['quarantined'];
}

export function listCommand(options: OutputOptions & { held?: boolean; quarantined?: boolean }): Promise<number> {
  return withEngine(options, async (client) => {
    let number = 0;
    if (options.json === true) await writeOut('{"schema":"dropgate-quarantine/1","items":[');
    for await (const item of kept(client, states(options))) {
      if (options.json === true) await writeOut(`${number === 0 ? '\n' : ',\n'}${JSON.stringify(item)}`);
      else if (options.ndjson === true) await json(item);
      else await writeOut(`${listRow(item)}\n`);
      number += 1;
    }
    if (options.json === true) await writeOut('\n]}\n');
    else if (options.ndjson !== true)
      await writeOut(`${number === 0 ? 'nothing is quarantined or held' : count(number, 'file')}\n`);
    return 0;
  });
}

function listRow(item: KeptItem): string {
  const paintVerdict =
    item.verdict === 'infected' ? paint.red : item.verdict === 'suspicious' ? paint.yellow : paint.magenta;
  const head = `${item.id.padStart(6)}  ${paintVerdict((item.verdict ?? '').padEnd(10))}  ${(item.disposition ?? '').padEnd(11)}`;
  const when = item.at === null ? '' : `  ${item.at.slice(0, 16).replace('T', ' ')}`;
  return `${head}${when}  ${item.path}\n        ${paint.dim(item.sentence ?? '')}`;
}

export function showCommand(id: string, options: OutputOptions): Promise<number> {
  return withEngine(options, async (client) => {
    const shown = await client.call('kept-show', { id: checkedId(id) });
    if (options.json === true || options.ndjson === true) {
      await json(shown);
      return 0;
    }
    const { item, custody } = shown;
    const lines = [
      `${item.verdict ?? ''}: ${item.path}`,
      item.sentence ?? '',
      `size ${item.size === null ? 'unknown' : humanBytes(item.size)}, type ${item.mime ?? 'unknown'}, sha256 ${item.sha256 ?? 'unknown'}`,
      `${item.disposition ?? ''}: ${item.destination ?? '(no bytes)'}`,
      `report: ${item.report ?? '(none)'}`,
      ...item.findings.map(
        ({ probe, name, severity, evidence }) =>
          `finding: ${probe}: ${name} (${severity})${evidence === undefined ? '' : ` - ${evidence}`}`,
      ),
      ...item.jobs.map(
        ({ probe, state, problem, statement }) =>
          `probe: ${probe}: ${problem ?? (statement === 'nothing_found' ? 'nothing found' : (statement ?? state))}`,
      ),
      ...custody.map(({ at, event }) => `${at}  ${event}`),
    ];
    await writeOut(`${lines.filter((line) => line !== '').join('\n')}\n`);
    return 0;
  });
}

/** The path of a file or a folder, in base64; one that ends with a slash must be a folder. */
function encodedTarget(target: string): string {
  const path = resolve(target);
  if (target.endsWith('/') && lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DropgateError('NOT_FOUND', `the folder ${path} does not exist`);
  return Buffer.from(path).toString('base64');
}

export function restoreCommand(id: string, target: string, options: Reasoned): Promise<number> {
  return withEngine(options, async (client) => {
    const { item } = await client.call('kept-show', { id: checkedId(id) });
    const restored = await client.call('kept-restore', { id, to: encodedTarget(target), reason: options.reason });
    if (options.json === true || options.ndjson === true) await json(restored);
    else await writeOut(`restored ${item.relativePath} to ${restored.path} (sha256 ${restored.sha256})\n`);
    return 0;
  });
}

export function deleteCommand(ids: string[], options: Reasoned): Promise<number> {
  return withEngine(options, async (client) => {
    for (const id of ids) {
      await client.call('kept-delete', { id: checkedId(id), reason: options.reason });
      if (options.json !== true && options.ndjson !== true) await writeOut(`deleted ${id}\n`);
    }
    if (options.json === true) await json({ deleted: ids });
    return 0;
  });
}

export function exportCommand(id: string, target: string, options: OutputOptions): Promise<number> {
  return withEngine(options, async (client) => {
    const { item } = await client.call('kept-show', { id: checkedId(id) });
    const exported = await client.call('kept-export', { id, to: encodedTarget(target) });
    if (options.json === true || options.ndjson === true) await json(exported);
    else await writeOut(`exported ${item.relativePath} to ${exported.path} (password: infected)\n`);
    return 0;
  });
}

export function verifyCommand(ids: string[], options: OutputOptions): Promise<number> {
  return withEngine(options, async (client) => {
    const wanted = ids.map(checkedId);
    if (wanted.length === 0) for await (const item of kept(client, ['quarantined', 'held'])) wanted.push(item.id);
    let checked = 0;
    let damaged = 0;
    for (const id of wanted) {
      const result = await client.call('kept-verify', { id }).catch((error: unknown) => {
        // of all that was listed: what is scanned again or was let go meanwhile is kept no more
        if (ids.length === 0 && error instanceof DropgateError && error.code === 'NOT_FOUND') return null;
        throw error;
      });
      if (result === null) continue;
      checked += 1;
      if (!result.ok) damaged += 1;
      if (options.ndjson === true || options.json === true) await json({ id, ...result });
      else if (!result.ok) await writeOut(`${paint.red('damaged')} ${id}: ${result.problem ?? ''}\n`);
    }
    if (options.json !== true && options.ndjson !== true)
      await writeOut(`${count(checked, 'file')} checked, ${damaged} damaged\n`);
    return damaged === 0 ? 0 : 2;
  });
}

export function rescanCommand(ids: string[], options: OutputOptions): Promise<number> {
  return withEngine(options, async (client) => {
    for (const id of ids) await client.call('kept-rescan', { id: checkedId(id) });
    if (options.quiet !== true)
      say(`${count(ids.length, 'file')} scanned again; "dropgate quarantine list" shows what is still kept`);
    return 0;
  });
}

export function exceptCommand(id: string, options: Reasoned & { probe: string[]; days?: string }): Promise<number> {
  return withEngine(options, async (client) => {
    const expiresAt = options.days === undefined ? null : expiry(options.days);
    const { exception } = await client.call('kept-except', {
      id: checkedId(id),
      probes: options.probe,
      reason: options.reason,
      expiresAt,
    });
    if (options.json === true || options.ndjson === true) await json({ exception });
    else
      await writeOut(
        `exception ${exception}: findings of ${options.probe.join(', ')} on this content no longer count${expiresAt === null ? '' : ` until ${expiresAt}`}\n`,
      );
    return 0;
  });
}

function expiry(days: string): string {
  const number = Number(days);
  if (!Number.isInteger(number) || number < 1)
    throw new DropgateError('BAD_USAGE', `--days ${days}: a whole number of days is needed`);
  return new Date(systemClock.now() + number * DAY_MS).toISOString();
}

function checkedId(id: string): string {
  if (!/^\d+$/.test(id))
    throw new DropgateError('BAD_USAGE', `${id} is not an id; "dropgate quarantine list" shows them`);
  return id;
}
