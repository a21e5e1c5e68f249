import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { settingsSchema } from '../../src-main/contract/settings';
import { detectBytes } from '../../src-main/engine/detect-bytes';
import { createFileTypeProbe } from '../../src-main/probes/file-type/probe';
import { createHashListProbe } from '../../src-main/probes/hash-list/probe';
import { createYaraProbe } from '../../src-main/probes/yara/probe';
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
