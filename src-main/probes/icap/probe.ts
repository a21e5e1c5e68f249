import { nameOf } from '../../base/display-name';
import { messageOf } from '../../base/errors';
import { notReady } from '../../base/not-ready';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { IcapSettings } from '../../contract/settings';
import { EICAR } from '../canary-files';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { readPieces } from '../read-pieces';
import { Client } from './client';
import { versionOf } from './manner';
import { asProbeError, type Known, Service } from './service';
import { isOnThisMachine, type Target } from './target';
import { tooLargeReport } from './to-report';

/** How long describe() believes its last answer, and scan() at most that the service is as it was described. */
const HEALTH_TTL_MS = 2000;
const SCAN_TTL_MS = 60_000;

/** A probe of the kind `icap`: a service of an ICAP server (RFC 3507) that looks at files and says what it found. */
export function createIcapProbe(settings: IcapSettings): Probe {
  return new IcapProbe(settings);
}

class IcapProbe implements Probe {
  readonly manifest: ProbeManifest;
  private readonly client: Client;
  private readonly service: Service;

  constructor(settings: IcapSettings) {
    this.client = new Client(settings);
    this.service = new Service(this.client, settings);
    this.manifest = manifestOf(settings, this.client.target);
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    try {
      const known = await this.service.knownSince(HEALTH_TTL_MS, signal);
      return {
        state: 'ready',
        problem: null,
        engineVersion: known.options.service,
        databaseVersion: versionOf(known.form, known.options.tag),
        databaseDate: null,
        signatures: null,
        maxBytes: known.proof.maxBytes,
        notes: notesOn(known, this.client.target),
      };
    } catch (error) {
      return notReady(messageOf(error));
    }
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const known = await this.service.knownSince(SCAN_TTL_MS, signal);
    const { path, size, hashes } = item;
    try {
      await this.service.prove(known, size, signal);
      const { maxBytes } = known.proof;
      if (size > maxBytes) return tooLargeReport(size, maxBytes, known);
      const content = { name: hashes.sha256, size, pieces: (until: AbortSignal) => readPieces(path, until) };
      return await this.client.scan(content, endingOf(item.name), known, signal, () => context.begins());
    } catch (error) {
      const failure = asProbeError(error);
      if (!failure.code.startsWith('SOURCE_') && !signal.aborted) this.service.doubt(known);
      throw failure;
    }
  }

  async close(): Promise<void> {
    this.service.close();
    this.client.close();
  }
}

/** What a person should know about how files are asked about. */
function notesOn({ form, proof: { overlooked, maxBytes } }: Known, target: Target): string[] {
  const notes: string[] = [];
  if (form === 'wrapped') {
    notes.push('files are sent in a tar archive, because the ICAP server overlooked a test file in a PDF');
  }
  if (form === 'untested') {
    notes.push(
      'the ICAP server overlooked test files in a PDF and in an archive: a file in which it finds nothing is unverified',
    );
  }
  if (overlooked !== null) {
    notes.push(
      `files over ${maxBytes} bytes are not covered: the ICAP server overlooked a test file below ${overlooked} bytes; raise its size limits, or set maxBytes to what it scans`,
    );
  }
  if (!target.tls && !isOnThisMachine(target)) {
    notes.push('files are sent to another machine without encryption (icaps would encrypt them)');
  }
  return notes;
}

function manifestOf(settings: IcapSettings, target: Target): ProbeManifest {
  return {
    id: settings.id,
    title: settings.id,
    category: 'antivirus',
    kind: 'remote',
    accepts: null,
    timeoutMs: settings.timeoutSeconds * 1000,
    concurrency: settings.connections,
    queues: true,
    unpacks: false,
    // which endings it does not look at is the server's to say (Transfer-Ignore)
    dependsOn: 'content+name',
    privacy: isOnThisMachine(target) ? 'local' : 'uploads-bytes',
    canary: { fileName: 'eicar.com', bytes: EICAR },
    needs: { type: false, allHashes: false },
    options: JSON.stringify([target.uri, settings.preview]),
  };
}

/** What comes after the last dot of a file's name, in lower case; empty when nothing does. */
function endingOf(name: Uint8Array): string {
  const { display } = nameOf(name);
  const dot = display.lastIndexOf('.');
  return dot === -1 ? '' : display.slice(dot + 1).toLowerCase();
}
