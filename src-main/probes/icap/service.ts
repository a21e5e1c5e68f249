import { messageOf, ProbeError, toDropgateError } from '../../base/errors';
import type { ProbeReport } from '../../contract/probe-report';
import type { IcapSettings } from '../../contract/settings';
import { EICAR, paddedCanaryPieces, pdfCanary } from '../canary-files';
import { throwIfAborted, whileWanted, withDeadline } from '../deadline';
import { SizeProof } from '../size-proof';
import type { Client } from './client';
import { type Content, MOST_IN_TAR, testFile, wrapped } from './content';
import type { Form, Manner } from './manner';
import type { ServiceOptions } from './options';
import { REPLACED } from './to-report';

/** A server shows no restart: what was found out by test files is found out again after this time. */
const PROOF_MS = 600_000;
const IN_DOUBT = Number.NEGATIVE_INFINITY;

/** What is known of a service. */
export interface Known extends Manner {
  readonly proof: SizeProof;
  /** Changes when what was found out by test files may have changed. */
  readonly generation: string;
  /** When it was found out, on performance.now()'s clock. */
  readonly at: number;
}

/** One service as it is now: what it says of itself, and what test files show of it. */
export class Service {
  private readonly client: Client;
  private readonly settings: IcapSettings;
  private readonly closing = new AbortController();
  private known: Known | null = null;
  private asking: Promise<Known> | null = null;

  constructor(client: Client, settings: IcapSettings) {
    this.client = client;
    this.settings = settings;
  }

  /** The service as it is, or as it was found at most `ms` ago. Rejects with a ProbeError when it is not ready. */
  async knownSince(ms: number, signal: AbortSignal): Promise<Known> {
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

  /** A scan has failed: the next one who wants to know asks again, with a test file. */
  doubt(known: Known): void {
    if (this.known === known) this.known = { ...known, at: IN_DOUBT };
  }

  /**
   * Resolves when files of this size are proven to be looked at, or proven not to be (then they are over `maxBytes`), or
   * when nothing can be proven: by archives, which the server overlooks.
   */
  async prove({ form, proof }: Known, size: number, signal: AbortSignal): Promise<void> {
    if (form !== 'untested' && !proof.covers(size)) await whileWanted(proof.ensure(size, this.closing.signal), signal);
  }

  close(): void {
    this.closing.abort(new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed'));
  }

  private async look(): Promise<Known> {
    const { signal } = this.closing;
    try {
      const options = await this.client.options(signal);
      const generation = JSON.stringify([options.service, options.tag, Math.floor(performance.now() / PROOF_MS)]);
      const before = this.known?.generation === generation ? this.known : null;
      const isTested = before !== null && before.at !== IN_DOUBT;
      const form = isTested ? before.form : await this.findForm(options, signal);
      const isProven = before?.form === form && !before.proof.isStale;
      const proof = isProven ? before.proof : this.newProof({ options, form });
      throwIfAborted(signal);
      this.known = { options, form, proof, generation, at: performance.now() };
      return this.known;
    } catch (error) {
      this.known = null;
      throw asProbeError(error);
    }
  }

  private async findForm(options: ServiceOptions, signal: AbortSignal): Promise<Form> {
    if (isFound(await this.client.test(testFile(pdfCanary()), options, signal))) return 'plain';
    return isFound(await this.client.test(wrapped(testFile(EICAR)), options, signal)) ? 'wrapped' : 'untested';
  }

  private newProof(manner: Manner): SizeProof {
    const finds = async (content: Content, signal: AbortSignal) =>
      isFound(
        await withDeadline('the ICAP server', this.settings.timeoutSeconds * 1000, signal, (limited) =>
          this.client.scan(content, '', manner, limited, () => undefined),
        ),
      );
    const findsPadded = async (size: number, signal: AbortSignal) => {
      const padded = { name: 'test-file', size, pieces: () => paddedCanaryPieces(size) };
      const found = await finds(padded, signal).catch(() => null);
      if (found !== null) return found;
      throwIfAborted(signal);
      // it fails on this size, unless it fails on everything
      try {
        if (await finds(testFile(EICAR), signal)) return false;
      } catch (error) {
        throw new ProbeError('PROBE_UNAVAILABLE', messageOf(error), { cause: error });
      }
      throw new ProbeError('PROBE_UNAVAILABLE', 'the ICAP server does not find the EICAR test file');
    };
    const claimed = Math.min(Math.max(1, this.settings.maxBytes), MOST_IN_TAR);
    return new SizeProof({ who: 'the ICAP server', claimed, finds: findsPadded });
  }
}

/** Whether a test file was found: by its name, or by a server that names nothing. */
function isFound({ findings }: ProbeReport): boolean {
  return findings.some(({ name }) => /eicar/i.test(name) || name === REPLACED);
}

/** Whatever went wrong, as what a probe throws. */
export function asProbeError(error: unknown): ProbeError {
  if (error instanceof ProbeError) return error;
  const { code, message } = toDropgateError(error, 'PROBE_FAILED');
  return new ProbeError(code, `the ICAP server cannot be asked: ${message}`, { cause: error });
}
