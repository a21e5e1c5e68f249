import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, startCli, type TestGate, testGate, writeSettings } from '../support/cli';
import { ledgerItems } from '../support/ledger-view';
import { EICAR } from '../support/temp-folder';

/** Where a life ends: the `nth` time that this point of src-main/base/fault.ts is reached. Each is, three times at least. */
export interface Kill {
  readonly point: string;
  readonly phase: 'before' | 'after';
  readonly nth: number;
}

/** One life of a gate: the commands that a person runs, in order. */
export interface Life {
  /** Runs until a command is killed (true) or the life is over (false). */
  readonly live: (gate: TestGate, kill: Kill) => Promise<boolean>;
  /** How each file must have ended after the restart, by relative path; `absent`: an engine never heard of it. */
  readonly ends: Readonly<Record<string, readonly string[]>>;
}

const KILLED = 'SIGKILL';
const LATE = ['late-1.txt', 'late-2.txt', 'late-3.txt'];
const PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];
/** ClamAV is named and away, and not required: its job is skipped. */
const REQUIRED = ['yara', 'hash-list', 'file-type', 'archive'];

export function gateSettings(limits: Record<string, number>, source: 'keep' | 'move', extra: object = {}) {
  return {
    profiles: { default: { probes: PROBES, required: REQUIRED, destination: 'outbox', source, limits } },
    probes: { clamav: { socket: '/nonexistent/clamd.sock' }, ...extra },
  };
}

const order = ({ point, phase, nth }: Kill) => ({ DROPGATE_FAULT_KILL: `${point}:${phase}:${nth}` });

async function killed(args: readonly string[], fault: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runCli(args, fault)).signal === KILLED;
}

function zipOf(path: string, members: Record<string, Buffer>): void {
  const script =
    'import sys, json, base64, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)\n[z.writestr(n, base64.b64decode(b)) for n, b in json.loads(sys.argv[2]).items()]\nz.close()';
  const encoded = Object.fromEntries(Object.entries(members).map(([name, bytes]) => [name, bytes.toString('base64')]));
  execFileSync('python3', ['-c', script, path, JSON.stringify(encoded)]);
}

const MANY = ['many-1.zip', 'many-2.zip', 'many-3.zip'];
const LINKS = ['link-1', 'link-2', 'link-3'];
const everyOne = (names: readonly string[], ends: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, ends]));

/** Clean, infected, in a folder, archives, some with too many members, links. */
export function fillInput(input: string): void {
  mkdirSync(join(input, 'sub'), { recursive: true });
  writeFileSync(join(input, 'a.txt'), 'hello');
  writeFileSync(join(input, 'sub', 'b.txt'), 'world');
  writeFileSync(join(input, 'eicar.com'), EICAR);
  writeFileSync(join(input, 'sub', 'eicar.com'), EICAR);
  zipOf(join(input, 'two.zip'), { 'one.txt': Buffer.from('1'), 'two.txt': Buffer.from('2') });
  zipOf(join(input, 'bad.zip'), { 'inner.com': EICAR });
  const members = Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.txt`, Buffer.from(`${n}`)]));
  for (const name of MANY) zipOf(join(input, name), members);
  for (const name of LINKS) symlinkSync('/etc/hostname', join(input, name));
}

const MAIN_ENDS = {
  'a.txt': ['forwarded'],
  'sub/b.txt': ['forwarded'],
  'eicar.com': ['quarantined'],
  'sub/eicar.com': ['quarantined'],
  'two.zip': ['forwarded'],
  'bad.zip': ['quarantined'],
  ...everyOne(MANY, ['held']),
  ...everyOne(LINKS, ['skipped']),
};

/** Files are gated, and their sources removed. */
const main: Life = {
  live: (gate, kill) => killed(['gate', gate.input, ...gate.options], order(kill)),
  ends: MAIN_ENDS,
};

/** What was held for a limit is released when the limit is raised. */
const raise: Life = {
  async live(gate, kill) {
    await runCli(['gate', gate.input, ...gate.options]);
    writeSettings(gate.config, gate, gateSettings({ archiveFiles: 10 }, 'move'));
    return killed(['probes', ...gate.options], order(kill));
  },
  ends: { ...MAIN_ENDS, ...everyOne(MANY, ['forwarded']) },
};

/** Files of a watched folder that were too large are taken when the limit is raised. */
const retake: Life = {
  async live(gate, kill) {
    const watched = join(gate.input, '..', 'watched');
    mkdirSync(watched);
    for (const name of LATE) writeFileSync(join(watched, name), 'too large');
    const watch = [{ dir: watched, settleMs: 50, source: 'keep' }];
    const runUntil = async (wanted: string, env: NodeJS.ProcessEnv) => {
      const command = startCli(['run', ...gate.options], env);
      const running = () => command.exitCode === null && command.signalCode === null;
      await until(
        'the end',
        () => !running() || LATE.every((name) => stateOf(gate, name) === wanted),
        () => true,
      );
      command.kill('SIGTERM');
      return (await command.ended).signal === KILLED;
    };
    writeSettings(gate.config, gate, { ...gateSettings({ fileBytes: 3 }, 'keep'), watch });
    await runUntil('held', {});
    writeSettings(gate.config, gate, { ...gateSettings({}, 'keep'), watch });
    return runUntil('forwarded', order(kill));
  },
  // killed before it was received again it waits for the next gateway that watches
  ends: everyOne(LATE, ['held', 'forwarded']),
};

function idOf(gate: TestGate, name: string): string {
  const item = ledgerItems(gate.dataDir).find((each) => each.name === name && each.parent === null);
  if (item === undefined) throw new Error(`no item ${name}`);
  return String(item.id);
}

/** Of the infected files a person reviews these, by one command each. */
const REVIEWED = ['eicar.com', 'second.com', 'third.com'];

function review(end: string, commandFor: (gate: TestGate, name: string) => readonly string[]): Life {
  return {
    async live(gate, kill) {
      for (const name of REVIEWED) writeFileSync(join(gate.input, name), EICAR);
      await runCli(['gate', gate.input, ...gate.options]);
      for (const [index, name] of REVIEWED.entries()) {
        const fault = index + 1 === kill.nth ? order({ ...kill, nth: 1 }) : {};
        const command = ['quarantine', ...commandFor(gate, name), '--reason', 'test', ...gate.options];
        if (await killed(command, fault)) return true;
      }
      return false;
    },
    ends: { ...MAIN_ENDS, ...everyOne(REVIEWED, [end, 'quarantined']) },
  };
}

const restore = review('released', (gate, name) => ['restore', idOf(gate, name), join(gate.dataDir, '..', name)]);
const remove = review('deleted', (gate, name) => ['delete', idOf(gate, name)]);

/** An engine is killed, and the next one in the middle of its recovery. */
const crash: Life = {
  async live(gate, kill) {
    await runCli(['gate', gate.input, ...gate.options], { DROPGATE_FAULT_KILL: 'start:after:3' });
    return killed(['probes', ...gate.options], order(kill));
  },
  ends: MAIN_ENDS,
};

const LARGE = ['large-1.bin', 'large-2.bin', 'large-3.bin'];
const LARGE_BYTES = 160 * 1024 * 1024;

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

/** A command that scans the large files, once it is at it. */
async function scanLarge(gate: TestGate, kill: Kill) {
  const paths = LARGE.map((name) => join(gate.input, name));
  for (const path of paths) await writeLarge(path);
  const command = startCli(['gate', ...paths, ...gate.options], order(kill));
  const running = () => command.exitCode === null && command.signalCode === null;
  await until('the scan', () => LARGE.some((name) => stateOf(gate, name) === 'scanning'), running);
  return { command, running };
}

/** A person stops a command while large files are scanned. */
const cancel: Life = {
  async live(gate, kill) {
    const { command } = await scanLarge(gate, kill);
    command.kill('SIGINT');
    return (await command.ended).signal === KILLED;
  },
  ends: everyOne(LARGE, ['cancelled', 'forwarded']),
};

/** A yara child that holds a large file in its memory is scanning it. */
const SCANNING_KIB = 120 * 1024;

/** Pids of the yara children of a process that are scanning a large file right now. */
export function scanningChildren(pid: number): number[] {
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

/** The probe's processes die on files again and again: these are parked, the queue goes on. */
const poison: Life = {
  async live(gate, kill) {
    const { command, running } = await scanLarge(gate, kill);
    while (running()) {
      for (const child of scanningChildren(command.pid ?? 0)) process.kill(child, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return (await command.ended).signal === KILLED;
  },
  // killed before the end was recorded, the next engine scans it in peace
  ends: everyOne(LARGE, ['held', 'forwarded']),
};

export const LIVES = { main, raise, retake, restore, remove, crash, cancel, poison } as const;

/** A fresh gate with its input, as every life begins. */
export function freshGate(folder: string, life: keyof typeof LIVES): TestGate {
  const gate = testGate(folder, gateSettings({ archiveFiles: 3 }, 'move'));
  if (life !== 'cancel' && life !== 'poison') fillInput(gate.input);
  return gate;
}
