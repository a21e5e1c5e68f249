import { isAbsolute } from 'node:path';
import type { Logger } from 'pino';
import { nameOf } from '../base/display-name';
import { DropgateError } from '../base/errors';
import type { Plan } from '../contract/submission';
import type { Pipeline } from '../pipeline/pipeline';
import type { Reader } from '../pipeline/reading/reader';
import { fileNameOf } from '../pipeline/result-view';
import type { HeldStore } from '../sinks/held/store';
import type { QuarantineStore } from '../sinks/quarantine/store';
import type { Sink } from '../sinks/sink';
import type { DataFolder } from './data-folder';
import type { Door } from './door';
import type { LoadedSettings } from './load-settings';
import type { PulseSource } from './pulse';
import type { Receiving } from './receiving';
import { type PlanRequest, resolvePlan } from './resolve-plan';
import type { Watching } from './watching';

/** What the calls of an engine work with. */
export interface EngineParts {
  readonly loaded: LoadedSettings;
  readonly folder: DataFolder;
  readonly pipeline: Pipeline;
  readonly sinks: ReadonlyMap<string, Sink>;
  readonly quarantine: QuarantineStore;
  readonly held: HeldStore;
  readonly watching: Watching;
  readonly receiving: Receiving;
  readonly pulse: PulseSource;
  readonly reader: Reader;
  /** For work that outlives a reload: whoever comes by it finds the parts of the engine as it is then. */
  readonly door: Door<EngineParts>;
  readonly clamavExpected: boolean;
  /** A gateway, which runs until it is told to end; else a command's own engine. */
  readonly lasting: boolean;
  /** Called after the configuration was changed by `settings-write`. */
  readonly onSettingsWritten: () => void;
  readonly log: Logger;
  /** The ledger turned out to be damaged. */
  readonly onLedgerDamage: (error: DropgateError) => void;
}

/** What a profile asks of a gate, as it is configured. */
export function gateOf(profile: string): PlanRequest {
  return { mode: 'gate', profile, probes: null, force: false, describeAll: true };
}

/** The plan of a profile as configured now. Throws BAD_USAGE. */
export function planOf(parts: Pick<EngineParts, 'loaded' | 'pipeline' | 'clamavExpected'>, request: PlanRequest): Plan {
  const probes = parts.pipeline.probes.ids();
  return resolvePlan(parts.loaded.settings, request, { probes, clamavExpected: parts.clamavExpected });
}

/** The true bytes of a path that crossed the socket. Throws PROTOCOL unless it is absolute and free of NUL. */
export function pathOf(base64: string): Buffer {
  const path = Buffer.from(base64, 'base64');
  if (isAbsolute(path.toString('latin1')) && !path.includes(0)) return path;
  throw new DropgateError('PROTOCOL', `"${nameOf(path).display}" is no absolute path`);
}

/** A held or quarantined root item by its id. Throws NOT_FOUND, which says what became of one that is neither any more. */
export function keptItem(pipeline: Pipeline, id: string) {
  const item = pipeline.ledger.items.find(Number(id));
  if (item === null || item.parentId !== null) {
    throw new DropgateError(
      'NOT_FOUND',
      `nothing held or quarantined has the id ${id}; "dropgate quarantine list" shows what there is`,
    );
  }
  if (item.state !== 'held' && item.state !== 'quarantined') {
    const name = nameOf(fileNameOf(item)).display;
    throw new DropgateError('NOT_FOUND', `${name} is ${item.state}, neither held nor quarantined; nothing was changed`);
  }
  return item;
}
