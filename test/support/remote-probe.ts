import { rmSync } from 'node:fs';
import { afterAll, afterEach } from 'vitest';
import type { ProbeReport } from '../../src-main/contract/probe-report';
import { remoteProbeSchema } from '../../src-main/contract/settings-remote';
import type { Probe } from '../../src-main/probes/probe';
import { createRemoteProbe } from '../../src-main/probes/remote/probe';
import { Stage } from '../suites/staged-files';
import { TOKEN } from './daemon';

export const never = new AbortController().signal;

/** Remote probes of one test file, and files for them; closed and removed by themselves. Made outside of tests. */
export class RemoteProbes {
  private readonly stage = new Stage();
  private readonly open: Probe[] = [];

  constructor() {
    afterAll(() => rmSync(this.stage.folder, { recursive: true, force: true }));
    afterEach(async () => {
      for (const probe of this.open.splice(0)) await probe.close();
    });
  }

  /** `lab-av` for the daemon at `url`, with the token that test daemons want. */
  at(url: string, settings: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = { LAB_TOKEN: TOKEN }): Probe {
    const parsed = remoteProbeSchema.parse({ id: 'lab-av', url, tokenEnv: 'LAB_TOKEN', ...settings });
    const probe = createRemoteProbe(parsed, env);
    this.open.push(probe);
    return probe;
  }

  async scan(probe: Probe, bytes: Buffer, mime = 'text/plain', signal = never): Promise<ProbeReport> {
    const type = { mime, description: 'a test', unknown: false };
    const item = { ...(await this.stage.item(bytes, 'a name\n.txt')), type };
    return probe.scan(item, this.stage.context(), signal);
  }
}
