import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, vi } from 'vitest';
import { startCli, testGate } from '../support/cli';
import { describeWith } from '../support/components';
import { tempFolder } from '../support/temp-folder';
import { until } from '../support/until';

/** Commands of a loaded machine take their time; a test that hangs still ends. */
vi.setConfig({ testTimeout: 120_000 });

/** Ids of processes that work on a file below `folder`, by their arguments. */
function workingIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).some((word) => word.startsWith(folder)) && commandOf(pid).includes('-so'));
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has just ended
  }
}

const unpacks = (pid: string): boolean => commandOf(pid).some((word) => word.endsWith('unpack-child.js'));

/** Ids of the unpacking children of a process. */
function unpackingFor(parent: number | undefined): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && unpacks(name) && parentOf(name) === parent);
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null; // it has just ended
  }
}

describeWith(['7zz', 'xz'], 'an engine that is killed while it unpacks', () => {
  it.each([
    ['7zz', ['7zz', 'prlimit', 'setpriv']],
    ['the 7-Zip that comes along', ['prlimit', 'setpriv']],
    ['7zz on a system that bounds nothing', ['7zz']],
  ])('leaves no process of %s behind', async (_who, programs) => {
    const folder = tempFolder();
    const limits = { archiveRatio: 1e6, archiveBytes: '60GiB', fileBytes: '60GiB' };
    const gate = testGate(folder, { profiles: { default: { probes: ['archive'], limits } } });
    const path = join(folder, 'bin');
    mkdirSync(path);
    for (const name of programs)
      symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(path, name));
    execFileSync(
      'sh',
      ['-c', `head -c 100M /dev/zero | xz -0 -c > one; for n in $(seq 99); do cat one; done > many.xz`],
      {
        cwd: gate.input,
      },
    );
    const command = startCli(['scan', join(gate.input, 'many.xz'), ...gate.options], { PATH: path });
    await until('a process that unpacks', () => workingIn(folder).length > 0);
    command.kill('SIGKILL');
    await command.ended;
    await until('its end', () => workingIn(folder).length === 0);
  });

  it.each([
    ['', ['7zz', 'prlimit', 'setpriv']],
    [' on a system that bounds nothing', ['7zz']],
  ])('leaves no unpacking child behind%s', async (_where, programs) => {
    const folder = tempFolder();
    const gate = testGate(folder, { profiles: { default: { probes: ['archive'] } } });
    const path = join(folder, 'bin');
    mkdirSync(path);
    for (const name of programs)
      symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(path, name));
    for (let mail = 1; mail <= 2000; mail += 1)
      writeFileSync(join(gate.input, `${mail}.eml`), `MIME-Version: 1.0\nSubject: ${mail}\n\ntext`);
    const command = startCli(['scan', gate.input, ...gate.options], { PATH: path });
    let children: string[] = [];
    await until('a child that unpacks', () => {
      children = unpackingFor(command.pid);
      return children.length > 0;
    });
    command.kill('SIGKILL');
    await command.ended;
    await until('its end', () => !children.some(unpacks));
  });
});
