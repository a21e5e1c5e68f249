import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, startCli, type TestGate, testGate, writeSettings } from '../support/cli';
import { ledgerItems } from '../support/ledger-view';
import { EICAR } from '../support/temp-folder';

/** One life of a gate: the commands that a person runs, in order. `fault` arms the point where it is killed. */
export interface Life {
  /** Runs until a command is killed (true) or the life is over (false). */
  readonly live: (gate: TestGate, fault: NodeJS.ProcessEnv) => Promise<boolean>;
  /** How each file must have ended after the restart, by relative path; `absent`: an engine never heard of it. */
  readonly ends: Readonly<Record<string, readonly string[]>>;
}

const KILLED = 'SIGKILL';
const LATE = 'late.txt';
const PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];
/** ClamAV is named and away, and not required: its job is skipped. */
const REQUIRED = ['yara', 'hash-list', 'file-type', 'archive'];

export function gateSettings(limits: Record<string, number>, source: 'keep' | 'move', extra: object = {}) {
  return {
    profiles: { default: { probes: PROBES, required: REQUIRED, destination: 'outbox', source, limits } },
    probes: { clamav: { socket: '/nonexistent/clamd.sock' }, ...extra },
  };
}

async function killed(args: readonly string[], fault: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runCli(args, fault)).signal === KILLED;
}

function zipOf(path: string, members: Record<string, Buffer>): void {
  const script =
    'import sys, json, base64, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)\n[z.writestr(n, base64.b64decode(b)) for n, b in json.loads(sys.argv[2]).items()]\nz.close()';
  const encoded = Object.fromEntries(Object.entries(members).map(([name, bytes]) => [name, bytes.toString('base64')]));
  execFileSync('python3', ['-c', script, path, JSON.stringify(encoded)]);
}

/** Clean, infected, in a folder, an archive, one with too many members, a link. */
export function fillInput(input: string): void {
  mkdirSync(join(input, 'sub'), { recursive: true });
  writeFileSync(join(input, 'a.txt'), 'hello');
  writeFileSync(join(input, 'sub', 'b.txt'), 'world');
  writeFileSync(join(input, 'eicar.com'), EICAR);
  writeFileSync(join(input, 'sub', 'eicar.com'), EICAR);
  zipOf(join(input, 'two.zip'), { 'one.txt': Buffer.from('1'), 'two.txt': Buffer.from('2') });
  zipOf(join(input, 'bad.zip'), { 'inner.com': EICAR });
  zipOf(join(input, 'many.zip'), Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.txt`, Buffer.from(`${n}`)])));
  symlinkSync('/etc/hostname', join(input, 'link'));
}

const MAIN_ENDS = {
  'a.txt': ['forwarded'],
  'sub/b.txt': ['forwarded'],
  'eicar.com': ['quarantined'],
  'sub/eicar.com': ['quarantined'],
  'two.zip': ['forwarded'],
  'bad.zip': ['quarantined'],
  'many.zip': ['held'],
  link: ['skipped'],
};

/** Files are gated, and their sources removed. */
const main: Life = {
  live: (gate, fault) => killed(['gate', gate.input, ...gate.options], fault),
  ends: MAIN_ENDS,
};

/** What was held for a limit is released when the limit is raised. */
const raise: Life = {
  async live(gate, fault) {
    await runCli(['gate', gate.input, ...gate.options]);
    writeSettings(gate.config, gate, gateSettings({ archiveFiles: 10 }, 'move'));
    return killed(['probes', ...gate.options], fault);
  },
  ends: { ...MAIN_ENDS, 'many.zip': ['forwarded'] },
};

/** A file of a watched folder that was too large is taken when the limit is raised. */
const retake: Life = {
  async live(gate, fault) {
    const watched = join(gate.input, '..', 'watched');
    mkdirSync(watched);
    writeFileSync(join(watched, LATE), 'too large');
    const watch = [{ dir: watched, settleMs: 50, source: 'keep' }];
    const runUntil = async (wanted: string, env: NodeJS.ProcessEnv) => {
      const command = startCli(['run', ...gate.options], env);
      const running = () => command.exitCode === null && command.signalCode === null;
      await until(
        'the end',
        () => !running() || stateOf(gate, LATE) === wanted,
        () => true,
      );
      command.kill('SIGTERM');
      return (await command.ended).signal === KILLED;
    };
    writeSettings(gate.config, gate, { ...gateSettings({ fileBytes: 3 }, 'keep'), watch });
    await runUntil('held', {});
    writeSettings(gate.config, gate, { ...gateSettings({}, 'keep'), watch });
    return runUntil('forwarded', fault);
  },
  // killed before it was received again it waits for the next gateway that watches
  ends: { [LATE]: ['held', 'forwarded'] },
};

function idOf(gate: TestGate, name: string): string {
  const item = ledgerItems(gate.dataDir).find((each) => each.name === name && each.parent === null);
  if (item === undefined) throw new Error(`no item ${name}`);
  return String(item.id);
}

/** A person restores one file and deletes another. */
const review: Life = {
  async live(gate, fault) {
    await runCli(['gate', gate.input, ...gate.options]);
    const restored = join(gate.dataDir, '..', 'restored.com');
    const reason = ['--reason', 'test', ...gate.options];
    if (await killed(['quarantine', 'restore', idOf(gate, 'eicar.com'), restored, ...reason], fault)) return true;
    return killed(['quarantine', 'delete', idOf(gate, 'sub/eicar.com'), ...reason], fault);
  },
  ends: {
    ...MAIN_ENDS,
    'eicar.com': ['released', 'quarantined'],
    'sub/eicar.com': ['deleted', 'quarantined'],
  },
};

/** An engine is killed, and the next one in the middle of its recovery. */
const crash: Life = {
  async live(gate, fault) {
    await runCli(['gate', gate.input, ...gate.options], { DROPGATE_FAULT_KILL: 'start:after' });
    return killed(['probes', ...gate.options], fault);
  },
  ends: MAIN_ENDS,
};

const LARGE = 'large.bin';
const LARGE_BYTES = 400 * 1024 * 1024;

async function writeLarge(path: string): Promise<void> {
  const stream = createWriteStream(path);
  const chunk = Buffer.alloc(1024 * 1024, 'the quick brown fox ');
  for (let written = 0; written < LARGE_BYTES; written += chunk.length) {
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

async function until(what: string, condition: () => boolean, running: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (!running()) throw new Error(`the command ended before ${what}`);
    if (waited > 60_000) throw new Error(`vain wait for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function stateOf(gate: TestGate, name: string): string | null {
  try {
    return ledgerItems(gate.dataDir).find((item) => item.name === name)?.state ?? null;
  } catch {
    return null; // the ledger is not there yet
  }
}

/** A person stops a command while a large file is scanned. */
const cancel: Life = {
  async live(gate, fault) {
    await writeLarge(join(gate.input, LARGE));
    const command = startCli(['gate', join(gate.input, LARGE), ...gate.options], fault);
    const running = () => command.exitCode === null && command.signalCode === null;
    await until('the scan', () => stateOf(gate, LARGE) === 'scanning', running);
    command.kill('SIGINT');
    return (await command.ended).signal === KILLED;
  },
  ends: { [LARGE]: ['cancelled', 'forwarded'] },
};

/** A yara child that holds a large file in its memory is scanning it. */
const SCANNING_KIB = 200 * 1024;

/** Pids of the yara children of a process that are scanning the large file right now. */
function scanningChildren(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        const status = readFileSync(`/proc/${child}/status`, 'utf8');
        const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
        const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
        return parent === pid && resident > SCANNING_KIB;
      } catch {
        return false; // it ended meanwhile
      }
    });
}

/** The probe's process dies on a file again and again: the file is parked, the others go on. */
const poison: Life = {
  async live(gate, fault) {
    await writeLarge(join(gate.input, LARGE));
    const command = startCli(['gate', join(gate.input, LARGE), ...gate.options], fault);
    const running = () => command.exitCode === null && command.signalCode === null;
    await until('the scan', () => stateOf(gate, LARGE) === 'scanning', running);
    while (running()) {
      for (const child of scanningChildren(command.pid ?? 0)) process.kill(child, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return (await command.ended).signal === KILLED;
  },
  // killed before the end was recorded, the next engine scans it in peace
  ends: { [LARGE]: ['held', 'forwarded'] },
};

export const LIVES = { main, raise, retake, review, crash, cancel, poison } as const;

/** A fresh gate with its input, as every life begins. */
export function freshGate(folder: string, life: keyof typeof LIVES): TestGate {
  const gate = testGate(folder, gateSettings({ archiveFiles: 3 }, 'move'));
  if (life !== 'cancel' && life !== 'poison') fillInput(gate.input);
  return gate;
}
