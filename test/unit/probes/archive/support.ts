import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProbeReport, probeReportSchema } from '../../../../src-main/contract/probe-report';
import { type Limits, limitsSchema } from '../../../../src-main/contract/settings';
import { detectBytes } from '../../../../src-main/engine/detect-bytes';
import { ChildStager, type StagedChild } from '../../../../src-main/pipeline/children';
import { Tree } from '../../../../src-main/pipeline/tree';
import { createArchiveProbe } from '../../../../src-main/probes/archive/probe';
import { tempFolder } from '../../../support/temp-folder';

export interface Child {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Scanned {
  readonly report: ProbeReport;
  readonly children: readonly Child[];
  /** `name:severity` of every finding. */
  readonly found: readonly string[];
  /** `complete`, or the reason why it is not. */
  readonly coverage: string;
}

export interface ScanOptions {
  readonly limits?: Partial<Limits>;
  readonly passwords?: readonly string[];
  readonly signal?: AbortSignal;
  /** Other than what the content says. */
  readonly mime?: string;
  /** The 7-Zip to use; one that is not there leaves the one that comes along. */
  readonly sevenZip?: string;
  /** An archive of the same root is over a limit. */
  readonly isOverLimit?: boolean;
}

/** Scans bytes as the pipeline does, with its own stager of members, and reads back what was staged. */
export async function scanArchive(bytes: Uint8Array, options: ScanOptions = {}): Promise<Scanned> {
  return scanIn(tempFolder(), bytes, options);
}

/** As scanArchive, in a folder of the caller's: for use inside a property that runs many times. */
export async function scanIn(folder: string, bytes: Uint8Array, options: ScanOptions = {}): Promise<Scanned> {
  const path = join(folder, 'item');
  writeFileSync(path, bytes);
  const limits = { ...limitsSchema.parse({}), ...options.limits };
  const staging = join(folder, 'children');
  mkdirSync(staging, { recursive: true });
  const type = { ...(await detectBytes(bytes)), ...(options.mime === undefined ? {} : { mime: options.mime }) };
  const hashes = { sha256: createHash('sha256').update(bytes).digest('hex'), sha1: null, md5: null };
  const adopted: StagedChild[] = [];
  const stager = new ChildStager({
    adopt: async (page) => void adopted.push(...page),
    takeRoom: () => true,
    folder: staging,
    plan: {
      profile: 'default',
      probes: ['archive'],
      required: ['archive'],
      limits,
      passwords: [],
      destination: null,
      source: 'keep',
      mode: 'scan',
      force: false,
      describeAll: true,
      watchFolder: null,
    },
    parent: { size: bytes.length, depth: 0 },
    tree: new Tree({ files: 0, bytes: 0, overLimit: options.isOverLimit === true }),
    describe: async (child, content) => {
      if (content !== null) writeFileSync(child, content, { flag: 'wx' });
      return { size: readFileSync(child).length, hashes, type };
    },
  });
  const probe = createArchiveProbe(options.sevenZip);
  try {
    const report = await probe.scan(
      { path, name: Buffer.from('item'), size: bytes.length, hashes, type },
      {
        limits,
        passwords: options.passwords ?? ['infected'],
        begins: () => undefined,
        addChild: (name, content) => stager.add(name, content),
        isOverLimit: () => options.isOverLimit === true,
      },
      options.signal ?? new AbortController().signal,
    );
    const children = [...adopted, ...(await stager.close())].map(({ name, stagedPath }) => ({
      name: Buffer.from(name).toString(),
      bytes: readFileSync(stagedPath),
    }));
    const found = report.findings.map(({ name, severity }) => `${name}:${severity}`);
    const coverage = report.coverage.kind === 'complete' ? 'complete' : report.coverage.reason;
    return { report: probeReportSchema.parse(report), children, found, coverage };
  } finally {
    await stager.discard();
    await probe.close();
  }
}

/** A zip made by python's zipfile: the program gets `z` (open for writing), `info(name)` and everything of zipfile. */
export function pythonZip(program: string): Buffer {
  const path = join(tempFolder(), 'made.zip');
  const start = [
    'import sys, zipfile, warnings',
    'from zipfile import *',
    'warnings.simplefilter("ignore")',
    'path = sys.argv[1]',
    'info = ZipInfo',
    'z = ZipFile(path, "w", ZIP_DEFLATED)',
  ];
  execFileSync('python3', ['-c', `${start.join('\n')}\n${program}\nz.close()`, path]);
  return readFileSync(path);
}

/** A zip of these members, deflated, in this order. */
export function zipOf(members: Record<string, string>): Buffer {
  const lines = Object.entries(members).map(
    ([name, content]) => `z.writestr(info(${JSON.stringify(name)}), ${JSON.stringify(content)}, ZIP_DEFLATED)`,
  );
  return pythonZip(lines.join('\n'));
}

/** Names and contents of children as text. */
export function texts(children: readonly Child[]): Record<string, string> {
  return Object.fromEntries(children.map(({ name, bytes }) => [name, bytes.toString()]));
}
