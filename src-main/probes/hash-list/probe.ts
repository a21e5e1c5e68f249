import { createHash } from 'node:crypto';
import { ProbeError, toDropgateError } from '../../base/errors';
import { notReady } from '../../base/not-ready';
import type { Finding } from '../../contract/finding';
import type { ProbeHealth, ProbeReport } from '../../contract/probe-report';
import type { HashListSettings } from '../../contract/settings';
import type { Probe, ProbeManifest, ScanContext, StagedItem } from '../probe';
import { requireFile } from '../require-file';
import { ALGORITHMS } from './algorithms';
import { CANARY, CANARY_SHA256 } from './canary';
import { canaryFinding, findingFor } from './findings';
import { type ConfiguredList, type HashList, titleOf } from './hash-list';
import { HashLists, type ListsState } from './hash-lists';

const ENGINE_VERSION = 'hash-list 1';
/** How long describe() and scan() wait for an index that is being built; shorter than the engine waits for describe(). */
const PATIENCE_MS = 20_000;

/**
 * The `hash-list` probe: items whose MD5, SHA-1 or SHA-256 is on a deny list (malicious) or an allow list (info).
 * Indexes of the lists are kept below `options.indexDir`. Lists are read again when they change; while one is missing,
 * mistaken or being indexed the probe is not ready.
 */
export function createHashListProbe(settings: HashListSettings, options: { indexDir: string }): Probe {
  return new HashListProbe(settings, options.indexDir);
}

class HashListProbe implements Probe {
  private readonly configured: readonly ConfiguredList[];
  private readonly lists: HashLists;
  private readonly closing = new AbortController();

  constructor(settings: HashListSettings, indexDir: string) {
    this.configured = [
      ...settings.deny.map((path): ConfiguredList => ({ kind: 'deny', path })),
      ...settings.allow.map((path): ConfiguredList => ({ kind: 'allow', path })),
    ];
    this.lists = new HashLists(this.configured, indexDir);
  }

  /** `needs.allHashes` follows the lists; until they are read, it is true whenever there are any. */
  get manifest(): ProbeManifest {
    const { state } = this.lists;
    const allHashes =
      state.kind === 'open'
        ? state.lists.some((list) => list.uses('md5') || list.uses('sha1'))
        : this.configured.length > 0;
    return {
      id: 'hash-list',
      title: 'Hash lists',
      category: 'database',
      kind: 'local',
      accepts: null,
      timeoutMs: 60_000,
      concurrency: 8,
      queues: false,
      unpacks: false,
      dependsOn: 'content',
      privacy: 'local',
      canary: CANARY,
      needs: { type: false, allHashes },
      options: '',
    };
  }

  async describe(signal: AbortSignal): Promise<ProbeHealth> {
    const state = await this.patiently(this.lists.refresh(), signal);
    if (state.kind !== 'open') return notReady(state.problem, ENGINE_VERSION);
    const dates = state.lists.map((list) => list.modified.getTime());
    return {
      state: 'ready',
      problem: null,
      engineVersion: ENGINE_VERSION,
      databaseVersion: databaseVersion(state.lists),
      databaseDate: dates.length === 0 ? null : new Date(Math.max(...dates)).toISOString(),
      signatures: state.lists.reduce((sum, list) => sum + list.entries, 1),
      maxBytes: null,
      notes: state.lists.filter((list) => list.entries === 0).map((list) => `the ${titleOf(list.list)} holds no hash`),
    };
  }

  async scan(item: StagedItem, _context: ScanContext, signal: AbortSignal): Promise<ProbeReport> {
    try {
      throwIfEnded(signal, this.closing.signal);
      const lists = await this.openLists(signal);
      requireHashes(item, lists);
      const [findings] = await Promise.all([lookUp(item, lists), requireFile(item)]);
      throwIfEnded(signal, this.closing.signal);
      return {
        statement: findings.length > 0 ? 'found' : 'nothing_found',
        findings,
        coverage: { kind: 'complete' },
        engineVersion: ENGINE_VERSION,
        databaseVersion: databaseVersion(lists),
      };
    } catch (error) {
      if (error instanceof ProbeError) throw error;
      const { code, message } = toDropgateError(error, 'PROBE_FAILED');
      throw new ProbeError(code, `the hash lists could not be searched: ${message}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.lists.close();
  }

  private async openLists(signal: AbortSignal): Promise<readonly HashList[]> {
    const known = this.lists.state;
    const state = known.kind === 'loading' ? await this.patiently(this.lists.refresh(), signal) : known;
    throwIfEnded(signal, this.closing.signal);
    if (state.kind === 'open') return state.lists;
    throw new ProbeError('PROBE_UNAVAILABLE', state.problem);
  }

  /** What `refresh` comes to; where that takes long, or somebody does not want to wait, what is known by then. */
  private patiently(refresh: Promise<ListsState>, signal: AbortSignal): Promise<ListsState> {
    return new Promise((resolve) => {
      const giveUp = () => settle(this.lists.state);
      const timer = setTimeout(giveUp, PATIENCE_MS);
      const enders = [signal, this.closing.signal];
      const settle = (state: ListsState) => {
        clearTimeout(timer);
        for (const ender of enders) ender.removeEventListener('abort', giveUp);
        resolve(state);
      };
      for (const ender of enders) ender.addEventListener('abort', giveUp, { once: true });
      void refresh.then(settle);
      if (enders.some((ender) => ender.aborted)) giveUp();
    });
  }
}

function requireHashes({ hashes }: StagedItem, lists: readonly HashList[]): void {
  for (const list of lists) {
    const missing = ALGORITHMS.find((algorithm) => hashes[algorithm] === null && list.uses(algorithm));
    if (missing !== undefined) {
      throw new ProbeError('PROBE_FAILED', `the ${titleOf(list.list)} needs the item's ${missing}, which is unknown`, {
        retryable: false,
      });
    }
  }
}

async function lookUp(item: StagedItem, lists: readonly HashList[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (item.hashes.sha256 === CANARY_SHA256) {
    await Promise.all(lists.map((list) => list.use(requireBuiltIn)));
    findings.push(canaryFinding());
  }
  for (const list of lists) {
    const listed = await list.use((open) => open.find(item.hashes));
    if (listed !== null) findings.push(findingFor(list.list, listed));
  }
  return findings;
}

async function requireBuiltIn(list: HashList): Promise<void> {
  if (await list.findsBuiltIn()) return;
  throw new ProbeError('INTEGRITY', `the index of the ${titleOf(list.list)} does not find its built-in entry`);
}

/** Changes when, and only when, look-ups may answer otherwise: kind and content of the lists. */
function databaseVersion(lists: readonly HashList[]): string {
  const parts = lists.map((list) => `${list.list.kind} ${list.sha256}`);
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function throwIfEnded(signal: AbortSignal, closing: AbortSignal): void {
  if (closing.aborted) throw new ProbeError('PROBE_UNAVAILABLE', 'the probe was closed');
  if (!signal.aborted) return;
  if (signal.reason instanceof ProbeError) throw signal.reason;
  throw new ProbeError('CANCELLED', 'the scan was cancelled', { cause: signal.reason });
}
