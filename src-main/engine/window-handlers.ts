import { systemClock } from '../base/clock';
import { nameOf } from '../base/display-name';
import { DropgateError, messageOf } from '../base/errors';
import type { IpcCall, IpcQuestion, IpcResult } from '../contract/ipc-schema';
import type { BulkResult } from '../contract/window-calls';
import { fileNameOf } from '../pipeline/result-view';
import { peekHeld } from '../sinks/held/peek';
import type { Item } from '../store/item-row';
import type { Connection } from './channel-server';
import { withBytes } from './kept';
import type { EngineParts } from './parts';

type WindowCall = Extract<
  IpcCall,
  | 'watch'
  | 'items'
  | 'item-ids'
  | 'item-page'
  | 'item-cancel'
  | 'item-retry'
  | 'submissions'
  | 'preview'
  | 'export-reports'
  | 'overview'
  | 'sweep'
>;
type WindowHandlers = {
  readonly [Call in WindowCall]: (
    parts: EngineParts,
    params: IpcQuestion<Call>,
    connection: Connection | null,
  ) => Promise<IpcResult<Call>>;
};

const MOST_IDS = 10_000;

/** The calls of the window that read, or act on, what moves and what is kept. Lists come from the reading thread. */
export const WINDOW_HANDLERS: WindowHandlers = {
  async watch({ pulse }, _params, connection) {
    if (connection !== null) await pulse.watch(connection);
    return {};
  },

  async items({ reader, pipeline }, params) {
    const { rows, total } = await reader.ask('items', params);
    return {
      rows: rows.map((row) => ({ ...row, problem: pipeline.scheduler.problemOf(Number(row.id)) ?? row.problem })),
      total,
    };
  },

  async 'item-ids'({ reader }, { query }) {
    return { ids: await reader.ask('ids', { query, limit: MOST_IDS }) };
  },

  async 'item-page'({ reader, pipeline }, { id, language }) {
    const page = await reader.ask('page', { id: Number(id), language });
    const problem = pipeline.scheduler.problemOf(Number(page.item.id)) ?? page.item.problem;
    return { ...page, item: { ...page.item, problem } };
  },

  'item-cancel': (parts, { ids }) =>
    forEach(parts, ids, async (item) => {
      if (item.settledSeq !== null) return `${shownName(item)} has ended already; there is nothing to cancel`;
      if (await parts.pipeline.cancelItem(item)) return null;
      return `${shownName(item)} is decided and on its way; it can no longer be cancelled`;
    }),

  'item-retry': (parts, { ids }) => forEach(parts, ids, (item) => retry(parts, item)),

  async submissions({ reader, pipeline }, params) {
    const { rows, total } = await reader.ask('submissions', params);
    return {
      rows: rows.map(({ row, ...figures }) => {
        const { count, problem } = pipeline.scheduler.waitingOf(row);
        return { ...figures, waiting: count, problem };
      }),
      total,
    };
  },

  async preview(parts, { id, offset, length }) {
    const { item, location } = withBytes(parts, id);
    const read = item.state === 'held' ? peekHeld : parts.quarantine.peek.bind(parts.quarantine);
    const { bytes, size } = await read(location, offset, length);
    return { bytes: Buffer.from(bytes).toString('base64'), size };
  },

  async 'export-reports'({ reader }, { ids, format, language }) {
    const text = await reader.ask('export', { ids: ids.map(Number), format, language, now: systemClock.now() });
    return { text };
  },

  overview: ({ reader }, { hours }) => reader.ask('overview', { hours, now: systemClock.now() }),

  async sweep({ watching }) {
    await watching.sweep();
    return {};
  },
};

const shownName = (item: Item): string => nameOf(fileNameOf(item)).display;

/** A held file goes back to work, a waiting one is tried now. Returns why not. */
async function retry({ pipeline }: EngineParts, item: Item): Promise<string | null> {
  const name = shownName(item);
  if (item.settledSeq === null) {
    // one that is in work or queued needs no push
    pipeline.scheduler.hurry(item.id);
    return null;
  }
  if (item.state !== 'held') return `${name} is ${item.state}, not held; gate the file again to have it scanned again`;
  if (await pipeline.retrier.retry(item)) return null;
  return `the bytes of ${name} were never taken or are gone; gate the file again`;
}

/** One after the other; what fails is told and the others go on. `act` returns why it could not be done. */
async function forEach(
  { pipeline }: EngineParts,
  ids: readonly string[],
  act: (item: Item) => Promise<string | null>,
): Promise<BulkResult> {
  const failed: BulkResult['failed'] = [];
  for (const id of ids) {
    const item = pipeline.ledger.items.find(Number(id));
    const problem = item === null ? `there is no item ${id}` : await tried(item, act);
    if (problem !== null) failed.push({ id, problem });
  }
  return { done: ids.length - failed.length, failed };
}

async function tried(item: Item, act: (item: Item) => Promise<string | null>): Promise<string | null> {
  if (item.parentId !== null) return `${shownName(item)} is a part of an archive; choose the archive itself`;
  try {
    return await act(item);
  } catch (error) {
    if (error instanceof DropgateError) return `${shownName(item)}: ${messageOf(error)}`;
    throw error;
  }
}
