import type { ChildProcess } from 'node:child_process';
import { type Ended, startCli, type TestGate } from './cli';
import { withGate } from './results';
import { until } from './until';

/** A running `dropgate run --ndjson`, with the events that it has printed so far. */
export interface Gateway {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  events(): Record<string, unknown>[];
  /** What it has logged so far. */
  log(): string;
  /** Waits for an event that has these values; `after`: only those behind so many. Returns it. */
  event(wanted: Record<string, unknown>, after?: number): Promise<Record<string, unknown>>;
  /** SIGTERM, and the end. */
  stop(): Promise<Ended>;
}

/** Starts a gateway and waits until it runs. `user`: see startCli. */
export async function startGateway(
  gate: TestGate,
  env: NodeJS.ProcessEnv = {},
  user: Parameters<typeof startCli>[2] = {},
): Promise<Gateway> {
  const child = startCli(withGate(gate, 'run', '--ndjson'), env, user);
  let output = '';
  child.stdout?.on('data', (text: string) => {
    output += text;
  });
  let logged = '';
  child.stderr?.on('data', (text: string) => {
    logged += text;
  });
  const events = () =>
    output
      .slice(0, output.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const find = (wanted: Record<string, unknown>, after: number) =>
    events()
      .slice(after)
      .find((event) => Object.entries(wanted).every(([key, value]) => event[key] === value));
  const gateway: Gateway = {
    process: child,
    ended: child.ended,
    events,
    log: () => logged,
    async event(wanted, after = 0) {
      await until(`the event ${JSON.stringify(wanted)}`, () => {
        if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`);
        return find(wanted, after) !== undefined;
      });
      return find(wanted, after) ?? {};
    },
    stop() {
      child.kill('SIGTERM');
      return child.ended;
    },
  };
  await gateway.event({ event: 'started' });
  return gateway;
}
