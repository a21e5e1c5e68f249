import { sleep } from '../base/clock';
import { connectEngine, type EngineClient } from '../base/engine-client';
import { DropgateError } from '../base/errors';
import { dataFolder } from '../engine/data-folder';
import { Engine } from '../engine/engine';
import type { LoadedSettings } from '../engine/load-settings';
import { assertPrivateSocketFolder } from '../engine/private-folder';
import { endWith } from './failure';
import type { CommonOptions } from './options';
import { count, say } from './print';
import { loggerFor, settingsFor } from './settings';

/** An engine that is being started by somebody else is given this long to listen. */
const CONNECT_PATIENCE_MS = 10_000;
const GRACE_MS = 30_000;

/** How a command's own engine ends when it is told to: SIGTERM leaves the rest durable. */
export class Interrupted extends Error {}

/**
 * Runs `use` with an engine: the live one of the data folder when there is one, else one that is started for the
 * command, which then also finishes what an earlier engine left, before it ends.
 */
export async function withEngine<T>(
  options: CommonOptions,
  use: (client: EngineClient, loaded: LoadedSettings) => Promise<T>,
): Promise<T> {
  const loaded = settingsFor(options);
  const { socket, root } = dataFolder(loaded.settings.dataDir);
  assertPrivateSocketFolder(socket, root);
  const deadline = Date.now() + CONNECT_PATIENCE_MS;
  for (;;) {
    const client = await connectEngine(socket);
    if (client !== null) return use(client, loaded).finally(() => client.close());
    let engine: Engine;
    try {
      const onDamaged = (error: unknown) => endWith(error, options.debug === true);
      engine = await Engine.start({ loaded, log: loggerFor(options), watch: false, onDamaged });
    } catch (error) {
      const starting = error instanceof DropgateError && error.code === 'LEDGER_LOCKED' && Date.now() < deadline;
      if (!starting) throw error;
      await sleep(100);
      continue;
    }
    return useOwn(engine, options, (own) => use(own, loaded));
  }
}

/** What is left to do is done, and whoever joined this engine meanwhile is not left alone. */
async function finish(engine: Engine, options: CommonOptions): Promise<void> {
  await engine.idle();
  if (engine.clients() > 0 && options.quiet !== true)
    say(`waiting for ${count(engine.clients(), 'command')} that joined this one (Ctrl+C ends without)`);
  await engine.lastClient();
  await engine.idle();
}

async function useOwn<T>(
  engine: Engine,
  options: CommonOptions,
  use: (client: EngineClient) => Promise<T>,
): Promise<T> {
  const terminated = new Promise<never>((_resolve, reject) => {
    process.once('SIGTERM', () =>
      reject(new Interrupted('ended by a signal; what was taken goes on with the next start')),
    );
  });
  terminated.catch(() => undefined);
  let graceMs = GRACE_MS;
  try {
    const result = await Promise.race([use(engine.client()), terminated]);
    const left = engine.unsettled();
    if (left > 0 && options.quiet !== true)
      say(`finishing ${count(left, 'file')} of earlier submissions (Ctrl+C leaves them for the next start)`);
    const interrupted = new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
    await Promise.race([finish(engine, options), terminated, interrupted]);
    return result;
  } catch (error) {
    if (error instanceof Interrupted) graceMs = 2000;
    throw error;
  } finally {
    await engine.close(graceMs);
  }
}
