import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { remoteProbeSchema } from '../../src-main/contract/settings-remote';
import { detectBytes } from '../../src-main/engine/detect-bytes';
import { createRemoteProbe } from '../../src-main/probes/remote/probe';
import { startDaemonIn, type TestDaemon, TOKEN } from '../support/daemon';
import { EICAR } from '../support/temp-folder';
import { probeConformance } from './probe-conformance';

/** The conformance suite over the probe that asks a daemon, one of ours, by either way for the bytes. */
const PLAIN = Buffer.from('A plain text without any malice.\n');
const scanner = { report: ['grep', '-q', 'EICAR', '{FILE}'], verdicts: { 0: 'malicious', 1: 'clean' } } as const;

describe.each(['uploaded', 'shared'])('with %s bytes', (way) => {
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-daemon-'));
  let daemon: TestDaemon;

  beforeAll(async () => {
    mkdirSync(join(folder, 'worker'));
    const definitions = { 'text/plain': scanner, 'application/octet-stream': scanner, 'inode/x-empty': scanner };
    daemon = await startDaemonIn(join(folder, 'worker'), definitions, {
      queueLength: 60,
      copiesBytes: 64 * 1024 * 1024,
    });
  });
  afterAll(async () => {
    await daemon.daemon.close(0);
    rmSync(folder, { recursive: true, force: true });
  });

  probeConformance(`remote, ${way}`, {
    async create() {
      const sharedPath = way === 'shared' ? { dir: daemon.dumpPath } : undefined;
      const settings = { id: 'lab-av', url: daemon.url, tokenEnv: 'LAB_TOKEN', sharedPath };
      return createRemoteProbe(remoteProbeSchema.parse(settings), { LAB_TOKEN: TOKEN });
    },
    clean: PLAIN,
    found: EICAR,
    typeOf: detectBytes,
  });
});
