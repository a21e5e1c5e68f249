// What clamd says about the same files, as clamdscan reports it.
import { spawnSync } from 'node:child_process';
import { startClamd } from '../support/clamd.mjs';

const MOST_OUTPUT = 256 * 1024 ** 2;

/**
 * Absolute paths that a clamd with a small test database (EICAR and harmless patterns) stops: found, encrypted, over its
 * limits, or not scannable. Its own rules for real malware are in the official database, which it does not have.
 */
export async function stoppedByClamd(folders) {
  const clamd = await startClamd();
  try {
    const args = ['--multiscan', '--fdpass', '--infected', '--no-summary', '--config-file', clamd.configFile];
    const { stdout, stderr, error } = spawnSync('clamdscan', [...args, ...folders], {
      encoding: 'utf8',
      maxBuffer: MOST_OUTPUT,
    });
    if (error !== undefined) throw error;
    const lines = `${stdout}${stderr}`.split('\n');
    return new Set(lines.flatMap((line) => /^(.*): .*(?: FOUND| ERROR)$/.exec(line)?.[1] ?? []));
  } finally {
    await clamd.stop();
  }
}
