import { messageOf } from '../base/errors';
import { accessSync, constants, statfsSync } from '../base/files';
import type { IpcResult } from '../contract/ipc-schema';
import { dataFolder } from '../engine/data-folder';
import { PROGRAM } from '../engine/version';
import { withEngine } from './connect';
import type { OutputOptions } from './options';
import { humanBytes, paint, writeOut } from './print';
import { settingsFor } from './settings';

interface Check {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

/** Below this much free space files of any size will soon not fit. */
const LOW_SPACE_BYTES = 2 * 1024 ** 3;

/** `dropgate doctor`: 0 all well, 1 something a person should see, 2 something that keeps the gate from working. */
export async function doctorCommand(options: OutputOptions): Promise<number> {
  const loaded = settingsFor(options);
  const checks: Check[] = [
    {
      check: 'program',
      state: 'ok',
      detail: `${PROGRAM}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    },
    { check: 'configuration', state: 'ok', detail: loaded.file ?? 'none, embedded defaults' },
  ];
  checks.push(
    ...(await withEngine(options, async (client) => {
      const { probes, gate } = await client.call('probes', { profile: null, canary: true });
      const { destinations } = await client.call('destinations', {});
      const { notice } = await client.call('status', {});
      return [
        { check: 'ledger', state: notice === null ? 'ok' : 'warning', detail: notice ?? 'sound' } satisfies Check,
        ...probes.map(({ id, required, health, canary }): Check => {
          const broken = health.state !== 'ready' || canary?.kind === 'failed';
          const problem = health.problem ?? (canary?.kind === 'failed' ? canary.problem : null);
          const state = !broken ? 'ok' : required ? 'failed' : 'warning';
          return {
            check: `probe ${id}`,
            state,
            detail: problem ?? [health.engineVersion, ...health.notes].filter((part) => part !== null).join(', '),
          };
        }),
        {
          check: 'gate',
          state: gate.open ? 'ok' : 'failed',
          detail: gate.open ? 'open' : `closed: ${gate.probe}: ${gate.reason}`,
        } satisfies Check,
        ...destinations.map((destination): Check => {
          const { id, kind, state, problem, notes } = destination;
          return {
            check: `destination ${id}`,
            state: state === 'ready' ? 'ok' : 'failed',
            detail: [problem ?? [kind, ...notes].join(', '), ...waitingFor(destination)].join('; '),
          };
        }),
      ];
    })),
  );
  checks.push(...folderChecks(loaded.settings.dataDir));
  if (options.json === true || options.ndjson === true) {
    await writeOut(`${JSON.stringify({ schema: 'dropgate-doctor/1', checks })}\n`);
  } else {
    const style = { ok: paint.green, warning: paint.yellow, failed: paint.red };
    for (const { check, state, detail } of checks)
      await writeOut(`${style[state](state.padEnd(8))} ${check.padEnd(22)} ${detail}\n`);
  }
  if (checks.some(({ state }) => state === 'failed')) return 2;
  return checks.some(({ state }) => state === 'warning') ? 1 : 0;
}

/** How many files wait for a destination, since when, and when one of them tries again. */
function waitingFor({ waiting, oldest, nextTry }: IpcResult<'destinations'>['destinations'][number]): string[] {
  if (waiting === 0) return [];
  const files = waiting === 1 ? '1 file waits' : `${waiting} files wait`;
  return [`${files}, the oldest since ${oldest ?? 'unknown'}`, ...(nextTry === null ? [] : [`next try ${nextTry}`])];
}

function folderChecks(dataDir: string): Check[] {
  const { root } = dataFolder(dataDir);
  try {
    accessSync(root, constants.W_OK);
    const { bavail, bsize } = statfsSync(root);
    const free = bavail * bsize;
    return [
      {
        check: 'data folder',
        state: free < LOW_SPACE_BYTES ? 'warning' : 'ok',
        detail: `${root}, ${humanBytes(free)} free`,
      },
    ];
  } catch (error) {
    return [{ check: 'data folder', state: 'failed', detail: messageOf(error) }];
  }
}
