// The released gateway on a watched folder: speed against a scripted pipeline, memory, latency, restart; `--soak MINUTES`
// measures memory alone, while files arrive all the time. Needs clamd and rclone (apt install rclone).
import { startClamd } from './support/clamd.mjs';
import { manyFiles } from './support/corpus.mjs';
import { dropgateCommand } from './support/places.mjs';
import { keep, machine, printTable, versionOf } from './support/report.mjs';
import { latency } from './watch/latency.mjs';
import { restart } from './watch/restart.mjs';
import { soak } from './watch/soak.mjs';
import { compareThroughput } from './watch/throughput.mjs';

const GOALS = { ratio: 1.2, p95Ms: 250, restartMs: 2000, growth: 0.1 };

async function figures(options, clamd) {
  const files = options.watchFiles;
  const source = manyFiles(files);
  const throughput = await compareThroughput(source, files, clamd, options.rounds);
  printTable(`Watched folder: ${files} files, ${throughput.rounds} rounds`, throughput.rows);
  const single = await latency(clamd);
  const pending = await restart(source, files, clamd);
  const goals = [
    {
      what: 'speed over the script',
      figure: throughput.ratio,
      goal: GOALS.ratio,
      reached: throughput.ratio >= GOALS.ratio,
    },
    {
      what: 'settled to forwarded, p95 ms',
      figure: single.p95Ms,
      goal: GOALS.p95Ms,
      reached: single.p95Ms <= GOALS.p95Ms,
    },
    {
      what: `restart with ${files} pending, first one taken up, ms`,
      figure: pending.takenUpMs,
      goal: GOALS.restartMs,
      reached: pending.takenUpMs < GOALS.restartMs,
    },
  ];
  printTable('Goals', goals);
  return { throughput, latency: single, restart: pending };
}

async function soaked(minutes, clamd) {
  const result = await soak(minutes, clamd);
  const { series: _series, ...row } = result;
  printTable('Soak', [{ ...row, goal: GOALS.growth, reached: Math.abs(result.growth) <= GOALS.growth }]);
  return { soak: result };
}

export async function run(options) {
  const start = machine();
  const clamd = await startClamd();
  try {
    const result = options.soak !== undefined ? await soaked(options.soak, clamd) : await figures(options, clamd);
    const versions = {
      clamav: versionOf('clamdscan', '--version'),
      rclone: versionOf('rclone', 'version'),
      dropgate: versionOf(...dropgateCommand(), '--version'),
    };
    keep(options.soak !== undefined ? 'watch-soak' : 'watch', start, { versions, ...result });
  } finally {
    await clamd.stop();
  }
}
