import { nameOf } from '../../base/display-name';
import { messageOf, ProbeError, toDropgateError } from '../../base/errors';
import { notReady } from '../../base/not-ready';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { IcapSettings } from '../../contract/settings';
import { EICAR, paddedCanaryPieces, pdfCanary } from '../canary-files';
import { throwIfAborted, whileWanted, withDeadline } from '../deadline';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { readPieces } from '../read-pieces';
import { SizeProof } from '../size-proof';
import { Connection } from './connection';
import { type Content, MOST_IN_TAR, testFile, wrapped } from './content';
import { askOptions, type ServiceOptions } from './options';
import { Pool } from './pool';
import { respmod } from './respmod';
import { isOnThisMachine, type Target, targetOf } from './target';
import { REPLACED, tooLargeReport, toReport } from './to-report';

const OPTIONS_MS = 5000;
const TEST_MS = 20_000;
/** How long describe() believes its last answer, and scan() at most that the service is as it was described. */
const HEALTH_TTL_MS = 2000;
const SCAN_TTL_MS = 60_000;
/** A server shows no restart: its limits are proven again after this time. */
const PROOF_MS = 600_000;

/**
 * How files are sent: `plain` as they are; `wrapped` in a tar archive, because the server says of files that begin like
 * some others (c-icap: virus_scan.ScanFileTypes) that there is nothing in them without looking. `untested`: as they are,
 * since it finds a test file in neither a PDF nor an archive.
 */
type Form = 'plain' | 'wrapped' | 'untested';

interface Known {
  readonly options: ServiceOptions;
  readonly form: Form;
  readonly proof: SizeProof;
  /** Changes when the server's limits may have changed. */
  readonly generation: string;
  readonly at: number;
}

/** A probe of the kind `icap`: a service of an ICAP server (RFC 3507) that looks at files and says what it found. */
export function createIcapProbe(settings: IcapSettings): Probe {
  return new IcapProbe(settings);
}

class IcapProbe implements Probe {
  readonly manifest: ProbeManifest;
  private readonly settings: IcapSettings;
  private readonly target: Target;
  private readonly pool: Pool;
  private readonly closing = new AbortController();
  private known: Known | null = null;
  private asking: Promise<Known> | null = null;

  constructor(settings: IcapSettings) {
    this.settings = settings;
    this.target = targetOf(settings);
    this.pool = new Pool(this.target, settings.connections);
    this.manifest = manifestOf(settings, this.target);
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    try {
      const { options, form, proof } = await this.knownSince(HEALTH_TTL_MS, signal);
      return {
        state: 'ready',
        problem: null,
        engineVersion: options.service,
        databaseVersion: options.tag,
        databaseDate: null,
        signatures: null,
        maxBytes: proof.maxBytes,
        notes: this.notes(form, proof),
      };
    } catch (error) {
      return notReady(messageOf(error));
    }
  }

  async scan(item: StagedItem, context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    const known = await this.knownSince(SCAN_TTL_MS, signal);
    const { proof } = known;
    try {
      if (!proof.covers(item.size)) await whileWanted(proof.ensure(item.size, this.closing.signal), signal);
      if (item.size > proof.maxBytes) return tooLargeReport(item.size, proof.maxBytes, known.options);
      const { path, size, hashes } = item;
      const content = { name: hashes.sha256, size, pieces: (until: AbortSignal) => readPieces(path, until) };
      return await this.ask(content, endingOf(item.name), known, signal, () => context.begins());
    } catch (error) {
      const failure = asProbeError(error);
      // what was asked may be another service by now
      if (this.known === known && !failure.code.startsWith('SOURCE_') && !signal.aborted) this.known = null;
      throw failure;
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
    this.pool.close();
  }

  private async ask(
    file: Content,
    ending: string,
    { options, form }: Pick<Known, 'options' | 'form'>,
    signal: AbortSignal,
    begins: () => void,
  ): Promise<ProbeReport> {
    const content = form === 'wrapped' ? wrapped(file) : file;
    const wantsPreview = this.settings.preview && options.transferOf(ending) === 'preview';
    const previewBytes = wantsPreview ? options.previewBytes : null;
    const answer = await this.pool.request(
      (connection) => respmod(connection, this.target, content, previewBytes, signal),
      signal,
      begins,
    );
    const report = toReport(answer, { content, ending, probe: this.manifest.id }, options);
    if (answer.tag !== options.tag && report.statement === 'nothing_found') {
      const message = 'the ICAP server changed while it looked at the file (another ISTag)';
      throw new ProbeError('PROBE_UNAVAILABLE', message);
    }
    return { ...report, databaseVersion: answer.tag };
  }

  /** The service as it is, or as it was found at most `ms` ago. Rejects with a ProbeError when it is not ready. */
  private async knownSince(ms: number, signal: AbortSignal): Promise<Known> {
    throwIfAborted(signal);
    throwIfAborted(this.closing.signal);
    if (this.known !== null) {
      const { ttlSeconds } = this.known.options;
      const until = this.known.at + Math.min(ms, ttlSeconds === null ? ms : ttlSeconds * 1000);
      if (performance.now() < until) return this.known;
    }
    this.asking ??= this.look().finally(() => {
      this.asking = null;
    });
    return whileWanted(this.asking, signal);
  }

  private async look(): Promise<Known> {
    const { signal } = this.closing;
    try {
      const options = await this.askService(signal);
      throwIfAborted(signal);
      // one of the server's connections stays free for questions like this one
      const most = options.maxConnections === null ? Number.POSITIVE_INFINITY : Math.max(1, options.maxConnections - 1);
      this.pool.limit(Math.min(this.settings.connections, most));
      const generation = JSON.stringify([options.service, options.tag, Math.floor(performance.now() / PROOF_MS)]);
      const before = this.known?.generation === generation ? this.known : null;
      const form = before?.form ?? (await this.findForm(options, signal));
      const proof = before?.proof.isStale === false ? before.proof : this.newProof({ options, form });
      this.known = { options, form, proof, generation, at: performance.now() };
      return this.known;
    } catch (error) {
      this.known = null;
      throw asProbeError(error);
    }
  }

  private askService(signal: AbortSignal): Promise<ServiceOptions> {
    return this.apart(OPTIONS_MS, signal, (connection) => askOptions(connection, this.target));
  }

  /** On a connection of its own: the others may all be busy with large files. */
  private apart<T>(ms: number, signal: AbortSignal, work: (connection: Connection) => Promise<T>): Promise<T> {
    return withDeadline('the ICAP server', ms, signal, async (limited) => {
      const connection = await Connection.open(this.target, limited);
      const abort = () => connection.close();
      limited.addEventListener('abort', abort, { once: true });
      try {
        return await work(connection);
      } catch (error) {
        throwIfAborted(limited);
        throw error;
      } finally {
        limited.removeEventListener('abort', abort);
        connection.close();
      }
    });
  }

  private async findForm(options: ServiceOptions, signal: AbortSignal): Promise<Form> {
    const finds = async (content: Content) => {
      const { value } = await this.apart(TEST_MS, signal, (connection) =>
        respmod(connection, this.target, content, null, signal),
      );
      return isFound(toReport(value, { content, ending: '', probe: this.manifest.id }, options));
    };
    if (await finds(testFile(pdfCanary()))) return 'plain';
    return (await finds(wrapped(testFile(EICAR)))) ? 'wrapped' : 'untested';
  }

  private newProof(known: Pick<Known, 'options' | 'form'>): SizeProof {
    const asked = async (content: Content, signal: AbortSignal) =>
      isFound(
        await withDeadline('the ICAP server', this.settings.timeoutSeconds * 1000, signal, (limited) =>
          this.ask(content, '', known, limited, () => undefined),
        ),
      );
    const finds = async (size: number, signal: AbortSignal) => {
      const padded = { name: 'test-file', size, pieces: () => paddedCanaryPieces(size) };
      const found = await asked(padded, signal).catch(() => null);
      if (found !== null) return found;
      throwIfAborted(signal);
      // it fails on this size, unless it fails on everything
      try {
        if (await asked(testFile(EICAR), signal)) return false;
      } catch (error) {
        throw new ProbeError('PROBE_UNAVAILABLE', messageOf(error), { cause: error });
      }
      throw new ProbeError('PROBE_UNAVAILABLE', 'the ICAP server does not find the EICAR test file');
    };
    const claimed = Math.min(Math.max(1, this.settings.maxBytes), MOST_IN_TAR);
    return new SizeProof({ who: 'the ICAP server', claimed, finds });
  }

  private notes(form: Form, { overlooked, maxBytes }: SizeProof): string[] {
    const notes: string[] = [];
    if (form === 'wrapped') {
      notes.push('files are sent in a tar archive, because the ICAP server overlooked a test file in a PDF');
    }
    if (form === 'untested') {
      notes.push(
        'the ICAP server overlooked test files in a PDF and in an archive: what it says of such files proves little',
      );
    }
    if (overlooked !== null) {
      notes.push(
        `files over ${maxBytes} bytes are not covered: the ICAP server overlooked a test file below ${overlooked} bytes; raise its size limits, or set maxBytes to what it scans`,
      );
    }
    if (!this.target.tls && !isOnThisMachine(this.target)) {
      notes.push('files are sent to another machine without encryption (icaps would encrypt them)');
    }
    return notes;
  }
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

/** Whether a test file was found: by its name, or by a server that names nothing. */
function isFound({ findings }: ProbeReport): boolean {
  return findings.some(({ name }) => /eicar/i.test(name) || name === REPLACED);
}

/** What comes after the last dot of a file's name, in lower case; empty when nothing does. */
function endingOf(name: Uint8Array): string {
  const { display } = nameOf(name);
  const dot = display.lastIndexOf('.');
  return dot === -1 ? '' : display.slice(dot + 1).toLowerCase();
}

function asProbeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message } = toDropgateError(error, 'PROBE_FAILED');
  return new ProbeError(code, `the ICAP server cannot be asked: ${message}`, { cause: error });
}
