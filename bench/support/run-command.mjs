// One command, timed from spawn to exit, its output counted.
import { spawnSync } from 'node:child_process';

const MOST_OUTPUT = 64 * 1024 ** 2;

/** {seconds, stdout}. Throws when the command ends with anything but `status` (one, or several). */
export function timed([program, ...args], { status = 0, env = {} } = {}) {
  const started = performance.now();
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.error !== undefined) throw result.error;
  if (![status].flat().includes(result.status))
    throw new Error(
      `${program} ended with ${result.status}: ${result.stdout.slice(-2000)}${result.stderr.slice(-2000)}`,
    );
  return { seconds, stdout: result.stdout };
}

/** Throws unless dropgate's summary line says that exactly `files` files are clean and none is anything else. */
export function assertAllClean(stdout, files) {
  const summary = /^(\d+) clean, (\d+) suspicious, (\d+) infected, (\d+) unverified(?<more>[^-\n]*) - /m.exec(stdout);
  if (summary === null) throw new Error(`no summary line in: ${stdout.slice(-500)}`);
  const [clean, suspicious, infected, unverified] = summary.slice(1, 5).map(Number);
  const other = suspicious + infected + unverified;
  if (clean !== files || other !== 0 || summary.groups.more !== '')
    throw new Error(`${files} clean verdicts expected, but: ${summary[0]}`);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs every contestant once a round, in turn (A B A B...), after one round that does not count.
 * `contestants`: {name: () => seconds}. Returns {name: seconds of each round}.
 */
export function interleaved(contestants, rounds) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      const seconds = run();
      if (round >= 0) times[name].push(seconds);
    }
  }
  return times;
}
