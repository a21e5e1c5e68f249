import { systemClock } from '../base/clock';
import { DropgateError } from '../base/errors';
import {
  IPC_CALLS,
  type IpcCall,
  type IpcQuestion,
  type IpcResult,
  isIpcCall,
  type ProbeStatus,
} from '../contract/ipc-schema';
import { verifyAudit } from '../pipeline/audit';
import { laneTo } from '../pipeline/destination-lanes';
import type { Connection } from './channel-server';
import { originOf, receivePaths } from './intake';
import { KEPT_HANDLERS } from './kept';
import { assertNotOwn, ownPlaces } from './own-places';
import { type EngineParts, pathOf, planOf } from './parts';
import { restorationNotice } from './restoration';
import { SETTINGS_HANDLERS } from './settings-handlers';
import { PROGRAM } from './version';
import { WINDOW_HANDLERS } from './window-handlers';

/** `connection`: who asked; null for a call inside the engine's own process. */
export type Handler<Call extends IpcCall> = (
  parts: EngineParts,
  params: IpcQuestion<Call>,
  connection: Connection | null,
) => Promise<IpcResult<Call>>;
export type Handlers = { readonly [Call in IpcCall]: Handler<Call> };

const DESCRIBE_SINK_MS = 15_000;

const HANDLERS: Handlers = {
  ...KEPT_HANDLERS,
  ...SETTINGS_HANDLERS,
  ...WINDOW_HANDLERS,

  hello: ({ lasting }) => Promise.resolve({ program: PROGRAM, pid: process.pid, lasting }),

  async status(parts) {
    const { pipeline, folder, watching } = parts;
    const plan = defaultPlan(parts, null);
    return {
      program: PROGRAM,
      pid: process.pid,
      dataDir: folder.root,
      unsettled: pipeline.ledger.items.countUnsettled(),
      active: pipeline.scheduler.activeCount(),
      paused: pipeline.scheduler.isPaused(),
      intake: pipeline.scheduler.intakePause(),
      notice: restorationNotice(pipeline.ledger, systemClock.now()),
      gate: await pipeline.gate.state(plan.required),
      watch: watching.status(),
    };
  },

  async gate(parts, params) {
    const { pipeline, receiving, door } = parts;
    const paths = params.paths.map(pathOf);
    const profile = params.profile ?? 'default';
    const { probes, force } = params;
    const plan = planOf(parts, { mode: 'gate', profile, probes, force, describeAll: true });
    const { settings, file } = parts.loaded;
    const own = await ownPlaces(settings, [file, params.configuration === null ? null : pathOf(params.configuration)]);
    await assertNotOwn(paths, own);
    const { id, guid } = await pipeline.open(originOf(params.from, paths), plan);
    receiving.start(guid, async (signal) => {
      const leftOut = { own: own.all, configuration: own.configuration };
      await receivePaths((work) => door.use((now) => work(now.pipeline), signal), id, paths, signal, leftOut);
      await door.use((now) => now.pipeline.seal(id), signal);
    });
    return { submission: guid };
  },

  async progress({ pipeline, receiving }, { submission }) {
    assertSubmission(pipeline, submission);
    receiving.assertWhole(submission);
    return pipeline.progress(submission);
  },

  async results({ pipeline }, { submission, ...page }) {
    assertSubmission(pipeline, submission);
    return pipeline.results(submission, page);
  },

  async waiting({ pipeline }, { submission, after, limit }) {
    assertSubmission(pipeline, submission);
    return pipeline.waiting(submission, after, limit);
  },

  async cancel({ pipeline, receiving }, { submission }) {
    const id = assertSubmission(pipeline, submission);
    await receiving.stop(submission);
    await pipeline.seal(id);
    return { cancelled: await pipeline.cancel(id) };
  },

  async pause({ pipeline, watching }, { dir, paused }) {
    if (dir !== null) await watching.setPaused(dir, paused);
    else if (paused) pipeline.scheduler.pause();
    else pipeline.scheduler.resume();
    return {};
  },

  async probes(parts, { profile, canary, only }) {
    const { pipeline } = parts;
    const { required } = defaultPlan(parts, profile);
    const probes = await Promise.all(
      pipeline.probes.ids().map((id) => probeStatus(parts, id, required, canary && (only ?? id) === id)),
    );
    return { probes, gate: await pipeline.gate.state(required) };
  },

  async destinations({ sinks, pipeline }) {
    const destinations = await Promise.all(
      [...sinks.values()].map(async (sink) => {
        const health = await sink.describe(AbortSignal.timeout(DESCRIBE_SINK_MS));
        const { waiting, oldestReceivedAt, nextTryInMs } = pipeline.lanes.statusOf(laneTo(sink.id));
        return {
          id: sink.id,
          kind: sink.kind,
          state: health.state,
          problem: health.problem,
          notes: [...health.notes],
          waiting,
          oldest: isoOf(oldestReceivedAt),
          nextTry: isoOf(nextTryInMs === null ? null : systemClock.now() + nextTryInMs),
        };
      }),
    );
    return { destinations };
  },

  'audit-verify': ({ pipeline }) => verifyAudit(pipeline.ledger),
};

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function defaultPlan(parts: EngineParts, profile: string | null) {
  return planOf(parts, { mode: 'gate', profile: profile ?? 'default', probes: null, force: false, describeAll: true });
}

function assertSubmission(pipeline: EngineParts['pipeline'], guid: string): number {
  const submission = pipeline.ledger.submissions.find(guid);
  if (submission === null) throw new DropgateError('NOT_FOUND', `there is no submission ${guid}`);
  return submission.id;
}

async function probeStatus(
  { pipeline }: EngineParts,
  id: string,
  required: readonly string[],
  canary: boolean,
): Promise<ProbeStatus> {
  const probe = pipeline.probes.get(id)?.probe;
  if (probe === undefined) throw new DropgateError('NOT_FOUND', `there is no probe ${id}`);
  const { title, category, kind, privacy } = probe.manifest;
  const health = await pipeline.probes.health(id, true);
  const result = canary && health.state === 'ready' ? await pipeline.gate.canary(id, true) : null;
  return { id, title, category, kind, privacy, required: required.includes(id), health, canary: result };
}

/** Checks the question against the contract, answers it, or throws a DropgateError. */
export async function answerCall(
  parts: EngineParts,
  call: string,
  params: unknown,
  connection: Connection | null = null,
): Promise<unknown> {
  if (!isIpcCall(call)) throw new DropgateError('PROTOCOL', `there is no call ${call}`);
  return dispatch(parts, call, params, connection);
}

async function dispatch<Call extends IpcCall>(
  parts: EngineParts,
  call: Call,
  params: unknown,
  connection: Connection | null,
): Promise<unknown> {
  const parsed = IPC_CALLS[call].params.safeParse(params);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new DropgateError(
      'PROTOCOL',
      `${call}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'wrong parameters'}`,
    );
  }
  const handler: Handler<Call> = HANDLERS[call];
  return handler(parts, parsed.data as IpcQuestion<Call>, connection);
}
