import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Clamd, freePort, isAnswered, startClamd } from './clamd';
import { findComponent } from './components';

const ALL_TYPES = 'TEXT DATA EXECUTABLE ARCHIVE GRAPHICS STREAM DOCUMENT';

/** A real c-icap of our own, whose service `avscan` (module virus_scan) asks a clamd of our own. */
export interface CIcap {
  readonly url: string;
  readonly clamd: Clamd;
  stop(): Promise<void>;
}

/**
 * `maxObject`: size beyond which virus_scan looks at nothing and says so to nobody (its MaxObjectSize). `trickles`: it
 * gives back the beginning before it knows the end, and then breaks off where a name would have been. `fileTypes`: groups
 * of types that it looks at (ScanFileTypes); of all others it says that nothing is wrong with them.
 */
export async function startCIcap(
  options: { maxObject?: string; trickles?: boolean; fileTypes?: string } = {},
): Promise<CIcap> {
  const program = findComponent('c-icap');
  const scanner = findComponent('virus_scan.so');
  if (program === null || scanner === null) throw new Error('c-icap or its virus_scan module is not installed');
  const clamd = await startClamd({ extra: ['StreamMaxLength 64M', 'MaxFileSize 64M', 'MaxScanSize 256M'] });
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-icap-'));
  const port = await freePort();
  const modules = dirname(scanner);
  const config = join(folder, 'c-icap.conf');
  const lines = [
    `PidFile ${join(folder, 'pid')}`,
    `CommandsSocket ${join(folder, 'ctl')}`,
    `ServerLog ${join(folder, 'server.log')}`,
    `AccessLog ${join(folder, 'access.log')}`,
    `TmpDir ${folder}`,
    `Port 127.0.0.1:${port}`,
    'StartServers 1',
    'MaxServers 1',
    'ThreadsPerChild 20',
    'MaxKeepAliveRequests 100',
    `ModulesDir ${modules}`,
    `ServicesDir ${modules}`,
    'TemplateDir /usr/share/c_icap/templates/',
    'TemplateDefaultLanguage en',
    'LoadMagicFile /etc/c-icap/c-icap.magic',
    'Module common clamd_mod.so',
    `clamd_mod.ClamdSocket ${clamd.socket}`,
    'Service avscan virus_scan.so',
    `virus_scan.ScanFileTypes ${options.fileTypes ?? ALL_TYPES}`,
    `virus_scan.MaxObjectSize ${options.maxObject ?? '64M'}`,
    'virus_scan.DefaultEngine clamd',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  // a group of its own: it forks, and its children go with it
  const child = spawn(program, ['-N', '-f', config], { stdio: 'ignore', detached: true });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await exited;
    await clamd.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !(await isAnswered({ host: '127.0.0.1', port })); waited += 20) {
    if (child.exitCode !== null || waited > 20_000) {
      const log = readFileSync(join(folder, 'server.log'), 'utf8');
      await stop();
      throw new Error(`c-icap did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const mode = options.trickles === true ? '' : '?mode=simple&allow204=on';
  return { url: `icap://127.0.0.1:${port}/avscan${mode}`, clamd, stop };
}
