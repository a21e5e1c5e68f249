import { readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amount } from '../support/amount';
import { BAD_BYTES, BAD_TEXTS, bytesThenClose, fill } from '../support/clamd-replies';
import { runJson, type TestGate, testGate } from '../support/cli';
import { recordFaults } from '../support/fault-table';
import { filesBelow } from '../support/ledger-view';
import { itemOf, withGate } from '../support/results';
import { type Script, startScripted } from '../support/scripted-clamd';
import { EICAR, tempFolder } from '../support/temp-folder';
import { checkWorld } from '../support/world-check';

/** Longest scan of one file, in seconds. */
const TIMEOUT = 2;

/** What a clamd may do about a file that is no answer. */
const BEHAVIOURS: Readonly<Record<string, Script>> = {
  'closes without a reply': (socket) => socket.end(),
  'breaks the connection': (socket) => socket.resetAndDestroy(),
  'never replies': () => undefined,
  'replies when nobody waits any more': (socket, id, path) => {
    setTimeout(() => write(socket, fill('#: @: OK\0', id, path)), TIMEOUT * 1000 + 1500);
  },
  'replies under the next number': (socket, id, path) => write(socket, fill('#: @: OK\0', id + 1, path)),
  'replies under the number before': (socket, id, path) => write(socket, fill('#: @: OK\0', id - 1, path)),
  'replies under every number but the right one': (socket, id, path) => {
    const others = Array.from({ length: id + 3 }, (_, other) => other).filter((other) => other !== id);
    write(socket, others.map((other) => fill('#: @: OK\0', other, path)).join(''));
  },
  'says OK twice at once': (socket, id, path) => write(socket, fill('#: @: OK\0#: @: OK\0', id, path)),
  'says OK and then found at once': (socket, id, path) =>
    write(socket, fill('#: @: OK\0#: @: Eicar FOUND\0', id, path)),
  'says OK and garbage at once': (socket, id, path) => write(socket, fill('#: @: OK\0\x01\x02\x03\0', id, path)),
  'breaks the connection in the middle of OK': (socket, id, path) => {
    write(socket, fill('#: @: OK', id, path), () => socket.resetAndDestroy());
  },
  'answers more than any reply can be': (socket, id, path) => {
    write(socket, `${fill('#: @: ', id, path)}${'A'.repeat(1024 ** 2)} OK\0`);
  },
  'answers garbage without end': (socket) => {
    const more = () => write(socket, 'A'.repeat(64 * 1024), more);
    more();
  },
};

function write(socket: Socket, text: string, then?: () => void): void {
  if (!socket.writable) return;
  socket.write(Buffer.from(text, 'latin1'), (error) => {
    if (!error) then?.();
  });
}

interface Lie {
  readonly name: string;
  readonly script: Script;
}

const LIES: readonly Lie[] = [
  ...Object.entries(BEHAVIOURS).map(([name, script]) => ({ name, script })),
  ...BAD_TEXTS.map((text) => ({ name: JSON.stringify(text), script: bytesThenClose(`#: ${text}\0`) })),
  ...BAD_BYTES.map((text) => ({ name: JSON.stringify(text.slice(0, 40)), script: bytesThenClose(text) })),
];

/** Lies of one command, each about a file of its own. Reduced: all behaviours, and a part of the texts. */
const AT_ONCE = 5;
const TRIED = LIES.filter((_, index) => index < Object.keys(BEHAVIOURS).length || index % amount(30, 1) === 0);
const GROUPS = Array.from({ length: Math.ceil(TRIED.length / AT_ONCE) }, (_, group) =>
  TRIED.slice(group * AT_ONCE, (group + 1) * AT_ONCE),
);

const NEIGHBOURS = 20;
const isMarked = (n: number) => n % 7 === 3;

/** Files that clamd lies about, among files about which it tells the truth: it knows each by its content. */
function fillInput(gate: TestGate, lies: readonly Lie[]): void {
  for (let n = 0; n < NEIGHBOURS; n += 1) {
    writeFileSync(join(gate.input, `${n}.txt`), isMarked(n) ? `marked ${n}` : `clean ${n}`);
  }
  for (const [index, { name }] of lies.entries())
    writeFileSync(join(gate.input, `${index * 4}-lie.txt`), `lie ${index} ${name}`);
}

const truthBut =
  (lies: readonly Lie[]): Script =>
  (socket, id, path) => {
    const text = readFileSync(path, 'latin1');
    const lie = lies[Number(/^lie (\d+)/.exec(text)?.[1] ?? -1)];
    if (lie !== undefined) lie.script(socket, id, path);
    else
      write(
        socket,
        fill(text.startsWith('marked') || text === EICAR.toString() ? '#: @: Marked FOUND\0' : '#: @: OK\0', id, path),
      );
  };

describe('the released command and a clamd that lies about some files', () => {
  test.for(GROUPS.map((lies, index) => ({ index: index + 1, lies })))(
    'group $index: none of them is forwarded, and all other files end right',
    { timeout: 120_000 },
    async ({ lies }, { task }) => {
      recordFaults(task, { fault: 'clamd: a reply that is none', tried: lies.length, note: 'among 20 other files' });
      const gate = testGate(tempFolder(), {
        profiles: { default: { probes: ['clamav'], destination: 'outbox', source: 'move' } },
        probes: { clamav: { host: '127.0.0.1', port: await startScripted(truthBut(lies)), timeoutSeconds: TIMEOUT } },
      });
      fillInput(gate, lies);
      const { results } = await runJson(withGate(gate, 'gate', gate.input));
      for (const [index, { name }] of lies.entries()) {
        const { verdict, disposition } = itemOf(results.items, `${index * 4}-lie.txt`);
        // a reply that is cut off can run into another one's, and then say that something was found
        expect.soft(`${verdict} ${disposition}`, name).toMatch(/^(unverified held|infected quarantined)$/);
      }
      for (let n = 0; n < NEIGHBOURS; n += 1) {
        const { verdict, disposition } = itemOf(results.items, `${n}.txt`);
        expect
          .soft(`${verdict} ${disposition}`, `${n}.txt`)
          .toBe(isMarked(n) ? 'infected quarantined' : 'clean forwarded');
      }
      expect.soft(filesBelow(gate.outbox).filter((name) => name.includes('lie'))).toEqual([]);
      await checkWorld(gate);
    },
  );
});
