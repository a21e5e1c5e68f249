import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../base/errors';
import { existsSync } from '../base/files';
import { type CommandSettings, commandSchema } from '../contract/command-settings';
import {
  type Definition as CommandDefinition,
  type Definitions as CommandDefinitions,
  findDefinition,
} from '../probes/command/definitions';
import { DefinitionsFile } from '../probes/command/definitions-file';
import type { DetectionRequest } from '../probes/command/detection';
import { variableProblem } from '../probes/command/environment';
import { readAnswer } from '../probes/command/read-answer';
import { createDetectionRunner, type DetectionRunner } from '../probes/command/run-detection';
import { expand } from '../probes/command/variables';
import { answeringExits } from '../probes/command/verdict-mapping';
import type { Definition, Detection, DetectionEnd, Detections, DetectionsHealth } from '../workers/daemon/detections';
import type { DetectionSettings } from './daemon-settings';
import { PROGRAM } from './version';

const EXAMPLE = 'example';
const FILE_NAME = 'api.yml';

/** Where a definition comes from. */
interface Origin {
  readonly definition: CommandDefinition;
  readonly all: CommandDefinitions;
}

/**
 * What a worker's daemon runs: the definitions of `probes.command`. The one place where the two are joined; the daemon
 * knows only the interface. `folder`: private, for working folders, and logs where nobody names a place for them.
 */
export function createDetections(
  command: CommandSettings | undefined,
  runs: DetectionSettings,
  folder: string,
): Detections {
  const apis = command?.apis ?? (runs.apiRoot === null ? null : join(runs.apiRoot, FILE_NAME));
  const settings = command ?? commandSchema.parse({ apis: apis ?? FILE_NAME });
  const root = settings.root ?? runs.apiRoot ?? (apis === null ? folder : dirname(apis));
  const { logFiles, memoryBytes, outputBytes, writtenBytes, timeoutSeconds, installSeconds } = settings;
  const runner = createDetectionRunner({
    root,
    logs: settings.logs ?? runs.apiLogs ?? join(folder, 'logs'),
    runs: join(folder, 'runs'),
    maxAttempts: runs.maxAttempts,
    retryMs: runs.retrySeconds * 1000,
    timeoutMs: timeoutSeconds * 1000,
    installMs: installSeconds * 1000,
    ...{ logFiles, memoryBytes, outputBytes, writtenBytes },
  });
  return new CommandDetections(apis === null ? null : new DefinitionsFile(apis, root), root, runner);
}

class CommandDetections implements Detections {
  /** Null: posted commands are all that can be run. */
  private readonly file: DefinitionsFile | null;
  private readonly root: string;
  private readonly runner: DetectionRunner;
  private readonly origins = new WeakMap<Definition, Origin>();

  constructor(file: DefinitionsFile | null, root: string, runner: DetectionRunner) {
    this.file = file;
    this.root = root;
    this.runner = runner;
  }

  /** Rejects with BAD_CONFIG while the file is mistaken. */
  async find(mime: string): Promise<Definition | null> {
    if (this.file === null) return null;
    const { definitions } = await this.file.refresh();
    const definition = findDefinition(definitions, mime.toLowerCase());
    if (definition === null) return null;
    const found = { ...definition, workdir: definition.workdir ?? '.' };
    this.origins.set(found, { definition, all: definitions });
    return found;
  }

  variableProblem(name: string, value: string): string | null {
    return variableProblem(name, value, 'posted');
  }

  async health(): Promise<DetectionsHealth> {
    const none = 'this worker has no definitions; write probes.command.apis';
    if (this.file === null) return { problem: none, engineVersion: PROGRAM, databaseVersion: null };
    try {
      const { version } = await this.file.refresh();
      return { problem: null, engineVersion: `${PROGRAM}, definitions ${version}`, databaseVersion: null };
    } catch (error) {
      return { problem: messageOf(error), engineVersion: PROGRAM, databaseVersion: null };
    }
  }

  async run(detection: Detection, signal: AbortSignal): Promise<DetectionEnd> {
    const origin = this.origins.get(detection.definition) ?? null;
    const verdict = origin?.definition.verdict ?? null;
    const request = origin === null ? this.postedRequest(detection) : this.ownRequest(detection, origin);
    const { inited, reported, failed, exitCode, output } = await this.runner.runDetection(request, signal);
    if (failed !== null) {
      const { step, number, attempt, message } = failed;
      return { inited, reported, failed: `${step} ${number}, attempt ${attempt}: ${message}`, result: null };
    }
    if (verdict === null) return { inited, reported, failed: null, result: null };
    try {
      const findings = readAnswer(verdict, { exitCode: exitCode ?? -1, output, path: detection.path });
      const statement = findings.length > 0 ? 'found' : 'nothing_found';
      return { inited, reported, failed: null, result: { statement, findings, coverage: { kind: 'complete' } } };
    } catch (error) {
      return { inited, reported: false, failed: messageOf(error), result: null };
    }
  }

  close(): Promise<void> {
    return this.runner.close();
  }

  private ownRequest(detection: Detection, { definition, all }: Origin): DetectionRequest {
    const { key, workdir, environ, shared, verdict, install, scripts, report } = definition;
    const mime = detection.mime.toLowerCase();
    const logged = key === EXAMPLE ? EXAMPLE : mime;
    return {
      ...{ uuid: detection.uuid, path: detection.path, mime, logged, environ, install, scripts, report },
      // installed for this text of the file: another one may install something else
      shared: `${all.sha256} ${shared}`,
      inited: false,
      workdir: this.folderOf(logged, workdir === null ? '.' : expand(workdir, { ...environ, API_ROOT: this.root })),
      origin: 'definition',
      answers: verdict === null ? [0] : answeringExits(verdict),
    };
  }

  private postedRequest({ uuid, path, mime, inited, definition }: Detection): DetectionRequest {
    const { shared, workdir, environ, install, scripts, report } = definition;
    const logged = mime.toLowerCase();
    return {
      ...{ uuid, path, mime: logged, logged, inited, environ, install, scripts, report },
      shared: `posted ${shared}`,
      workdir: this.folderOf(logged, workdir),
      origin: 'posted',
      answers: [0],
    };
  }

  /** `workdir` below the folder of the type; that folder itself, if there is one, where it is the same. */
  private folderOf(logged: string, workdir: string): string | null {
    const folder = join(this.root, logged);
    const named = resolve(folder, workdir);
    return named === folder && !existsSync(folder) ? null : named;
  }
}
