// Memory of a process and of its children while it runs: /proc/<pid>/status, sampled. Linux only.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 100;

function statusOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { parent: number('PPid'), peakMiB: number('VmHWM') / 1024 };
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null; // it ended between two looks
    throw error;
  }
}

function programOf(pid) {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return (words.find((word) => word.endsWith('.js')) ?? words[0]).split('/').at(-1);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

/**
 * Runs a command and resolves with {seconds, stdout, engineMiB, children: [{program, processes, mostMiB}]}: the most
 * resident memory each process ever had (VmHWM, which the kernel keeps, so that no peak falls between two looks).
 */
export async function watched([program, ...args]) {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += String(data)));
  child.stderr.on('data', (data) => (stderr += String(data)));
  let engineMiB = 0;
  const descendants = new Map();
  const look = () => {
    engineMiB = Math.max(engineMiB, statusOf(child.pid)?.peakMiB ?? 0);
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const status = statusOf(pid);
      if (status?.parent !== child.pid) continue;
      const name = descendants.get(pid)?.name ?? programOf(pid) ?? 'unknown';
      descendants.set(pid, { name, peakMiB: Math.max(status.peakMiB, descendants.get(pid)?.peakMiB ?? 0) });
    }
  };
  const timer = setInterval(look, SAMPLE_MS);
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout.slice(-1000)}${stderr.slice(-1000)}`);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, stdout, engineMiB, children: summed(descendants) };
}

function summed(descendants) {
  const programs = new Map();
  for (const { name, peakMiB } of descendants.values()) {
    const known = programs.get(name) ?? { program: name, processes: 0, mostMiB: 0 };
    programs.set(name, { program: name, processes: known.processes + 1, mostMiB: Math.max(known.mostMiB, peakMiB) });
  }
  return [...programs.values()];
}
