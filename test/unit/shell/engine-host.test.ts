import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import type { Pulse } from '../../../src-main/contract/pulse';
import type { EngineState } from '../../../src-main/contract/shell-schema';
import { EngineHost } from '../../../src-main/shell/engine-host';
import { testGate } from '../../support/cli';
import { startGateway } from '../../support/gateway';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

vi.setConfig({ testTimeout: 150_000 }); // real engines on a busy machine

/** A host over the built engine, with what it told. */
function hostIn(folder: string, options: { cli?: string } = {}) {
  const gate = testGate(folder);
  const states: EngineState[] = [];
  const pulses: Pulse[] = [];
  const { DROPGATE_ENTRIES: entries, ...env } = process.env;
  const host = new EngineHost({
    clock: systemClock,
    command: () => ({
      node: process.execPath,
      cli: options.cli ?? join(entries ?? '', 'cli.js'),
      options: gate.options,
      env,
      cwd: folder,
      log: () => undefined,
    }),
    onState: (state) => states.push(state),
    onPulse: (pulse) => pulses.push(pulse),
  });
  onTestFinished(() => host.stop(false));
  const running = () =>
    until('a running engine', () => host.state().kind === 'running').then(() => {
      const state = host.state();
      return state.kind === 'running' ? state : null;
    });
  return { host, gate, states, pulses, running };
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it('starts an engine, answers a call that came before it was there, hears its pulse, and ends it', async () => {
  const { host, pulses, running } = hostIn(tempFolder());
  host.start();
  const hello = await host.call('hello', {});
  expect(await running()).toEqual({ kind: 'running', pid: hello.pid, joined: false });
  await until('a pulse', () => pulses.length > 0);
  expect(pulses[0]?.pid).toBe(hello.pid);
  await host.stop(true);
  expect(lives(hello.pid)).toBe(false);
  await expect(host.call('hello', {})).rejects.toMatchObject({ code: 'ENGINE_GONE' });
});

it('joins a gateway that has the data folder, and leaves it running', async () => {
  const { host, gate, running } = hostIn(tempFolder());
  const gateway = await startGateway(gate);
  onTestFinished(async () => {
    await gateway.stop();
  });
  host.start();
  expect(await running()).toEqual({ kind: 'running', pid: gateway.process.pid, joined: true });
  await host.stop(true);
  expect(lives(gateway.process.pid ?? 0)).toBe(true);
});

it('goes on with an engine of its own when the one that it joined ends', async () => {
  const { host, gate, states, running } = hostIn(tempFolder());
  const gateway = await startGateway(gate);
  host.start();
  await running();
  await gateway.stop();
  await until('its own engine', () => states.some((state) => state.kind === 'running' && !state.joined));
  expect((await host.call('hello', {})).pid).not.toBe(gateway.process.pid);
});

it('starts a killed engine again and answers what was asked of it with ENGINE_GONE', async () => {
  const { host, states, running } = hostIn(tempFolder());
  host.start();
  const first = await running();
  process.kill(first?.pid ?? 0, 'SIGSTOP'); // it will not answer
  const asked = host.call('status', {});
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await expect(asked).rejects.toMatchObject({ code: 'ENGINE_GONE', retryable: true });
  await until('another engine', () => states.filter(({ kind }) => kind === 'running').length === 2);
  expect(states.map(({ kind }) => kind)).toContain('restarting');
});

it('does not start again an engine that says why it cannot start', async () => {
  const { host, gate, states } = hostIn(tempFolder());
  writeFileSync(gate.config, 'no-such-key: 1\n');
  host.start();
  await until('the failure', () => host.state().kind === 'failed');
  expect(host.state()).toMatchObject({ problem: expect.stringContaining('no-such-key') });
  expect(states.map(({ kind }) => kind)).toEqual(['starting', 'failed']);
  await expect(host.call('hello', {})).rejects.toMatchObject({ message: expect.stringContaining('no-such-key') });
});

it('gives up on an engine that dies again and again, until a person asks for another try', async () => {
  const folder = tempFolder();
  const cli = join(folder, 'dying.js');
  writeFileSync(cli, 'process.kill(process.pid, "SIGKILL");\n');
  const { host, states } = hostIn(folder, { cli });
  host.start();
  await until('the end of all tries', () => host.state().kind === 'failed');
  expect(states.filter(({ kind }) => kind === 'restarting')).toHaveLength(5);
  await host.restart();
  expect(states.filter(({ kind }) => kind === 'starting')).toHaveLength(2);
});
