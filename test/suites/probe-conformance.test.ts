import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { commandSchema } from '../../src-main/contract/command-settings';
import { settingsSchema } from '../../src-main/contract/settings';
import { detectBytes } from '../../src-main/engine/detect-bytes';
import { createArchiveProbe } from '../../src-main/probes/archive/probe';
import { createClamavProbe } from '../../src-main/probes/clamav/probe';
import { createCommandProbe } from '../../src-main/probes/command/probe';
import { createFileTypeProbe } from '../../src-main/probes/file-type/probe';
import { createHashListProbe } from '../../src-main/probes/hash-list/probe';
import { createYaraProbe } from '../../src-main/probes/yara/probe';
import { type Clamd, startClamd } from '../support/clamd';
import { describeWith } from '../support/components';
import { EICAR } from '../support/temp-folder';
import { probeConformance } from './probe-conformance';

/** The conformance suite over every probe of the program. */
const PLAIN = Buffer.from('A plain text without any malice.\n');
const settings = settingsSchema.parse({ probes: { yara: { maxBytes: '1MiB', processes: 1 } } });
const folder = mkdtempSync(join(tmpdir(), 'dropgate-conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const denied = Buffer.from('A text that is on the deny list.\n');
const sumOf = (algorithm: string, bytes: Buffer) => createHash(algorithm).update(bytes).digest('hex');
const others = Array.from({ length: 1000 }, (_, number) => sumOf('sha1', Buffer.from(`other ${number}`)));
const denyList = join(folder, 'deny.txt');
writeFileSync(denyList, `${[...others, `${sumOf('sha256', denied)}  denied.txt`].join('\n')}\n`);

probeConformance('hash-list', {
  async create() {
    return createHashListProbe({ deny: [denyList], allow: [] }, { indexDir: join(folder, 'indexes') });
  },
  clean: PLAIN,
  found: denied,
});

probeConformance('hash-list without lists', {
  async create() {
    return createHashListProbe({ deny: [], allow: [] }, { indexDir: join(folder, 'no-indexes') });
  },
  clean: PLAIN,
});

probeConformance('yara', {
  async create() {
    return createYaraProbe(settings.probes.yara, {
      builtInRules: resolve(import.meta.dirname, '../../resources/rules'),
    });
  },
  clean: PLAIN,
  found: EICAR,
});

probeConformance('file-type', {
  async create() {
    return createFileTypeProbe();
  },
  clean: PLAIN,
  typeOf: detectBytes,
});

const apis = join(folder, 'api.yml');
writeFileSync(
  apis,
  JSON.stringify({
    canary: 'eicar',
    '*/*': {
      scripts: ['grep -c EICAR-STANDARD "$BROAPT_PATH" > lines || test $? = 1'],
      report: ['sh', '-c', 'test "$(cat lines)" = 0 || exit 10'],
      verdict: { exit: { 0: 'clean', 10: { name: 'EICAR', severity: 'malicious' } } },
    },
  }),
);

probeConformance('command', {
  async create() {
    const probe = createCommandProbe(commandSchema.parse({ apis, maxBytes: '1MiB' }), {
      folder: mkdtempSync(join(folder, 'commands-')),
    });
    await probe.describe(new AbortController().signal); // its canary is one of the definitions
    return probe;
  },
  clean: PLAIN,
  found: EICAR,
  typeOf: detectBytes,
});

describeWith(['clamd'], 'with a real clamd', () => {
  let clamd: Clamd;
  beforeAll(async () => {
    clamd = await startClamd({ extra: ['MaxFileSize 4M', 'MaxScanSize 8M', 'StreamMaxLength 4M'] });
  });
  afterAll(() => clamd.stop());

  probeConformance('clamav', {
    async create(stagingDir) {
      const { clamav } = settingsSchema.parse({ probes: { clamav: { socket: clamd.socket } } }).probes;
      return createClamavProbe(clamav, { stagingDirs: [stagingDir] });
    },
    clean: PLAIN,
    found: EICAR,
  });
});

describeWith(['zip'], 'with a real archive', () => {
  const archive = join(folder, 'clean.zip');
  writeFileSync(join(folder, 'member.txt'), PLAIN);
  execFileSync('zip', ['-q', '-j', archive, join(folder, 'member.txt')]);

  probeConformance('archive', {
    async create() {
      return createArchiveProbe();
    },
    clean: readFileSync(archive),
    typeOf: detectBytes,
  });
});
