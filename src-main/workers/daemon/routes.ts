import type { IncomingMessage } from 'node:http';
import { API_ROOT, type DaemonHealth, type DetectionAnswer, sha256Schema } from '../../contract/detection-api';
import { canonicalId } from './ids';
import { piecesOf, readJson } from './read-body';
import type { Known } from './records';
import { idNotFound, Refusal } from './refusal';
import { type ScanParts, scan } from './scan';

/** What is sent back: an object as JSON, a text as it is. */
export interface Reply {
  readonly status: number;
  readonly body: object | string;
}

export interface RouteParts extends ScanParts {
  readonly program: string;
  /** How long the body of `POST /scan` may take. */
  readonly bodyMs: number;
}

type Handler = (parts: RouteParts, request: IncomingMessage, rest: string, signal: AbortSignal) => Promise<Reply>;

interface Route {
  readonly method: string;
  /** Of the path (below API_ROOT) with its query; its first group is handed on. */
  readonly path: RegExp;
  readonly handler: Handler;
}

/** Largest body of `POST /scan`. */
const BODY_BYTES = 1024 * 1024;
/** An upload must come at least this fast at every moment, after a start of its own. */
const LEAST_BYTES_PER_MS = 256;
const UPLOAD_START_MS = 30_000;

const ok = (body: Reply['body']): Reply => ({ status: 200, body });

const HELP_V1_0 = `BroAPT Daemon APIv1.0 Usage:
- GET ${API_ROOT}/list
- GET ${API_ROOT}/report/<id>
- POST ${API_ROOT}/scan data={"key": "value"}
- DELETE ${API_ROOT}/delete/<id>
`;
const HELP = `BroAPT Daemon API Usage:
# v1.0
- GET ${API_ROOT}/list
- GET ${API_ROOT}/report/<id>
- POST ${API_ROOT}/scan data={"key": "value"}
- DELETE ${API_ROOT}/delete/<id>
`;

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^$/, handler: async () => ok(HELP_V1_0) },
  { method: 'GET', path: /^\/list$/, handler: async ({ records }) => ok(records.all().map(listed)) },
  { method: 'GET', path: /^\/report$/, handler: async () => ok(`ID Required: ${API_ROOT}/report/<id>\n`) },
  { method: 'GET', path: /^\/report\/([^/]+)$/, handler: status },
  {
    method: 'POST',
    path: /^\/scan$/,
    handler: async (parts, request, _rest, signal) => {
      const body = await readJson(request, {
        bytes: BODY_BYTES,
        ms: parts.bodyMs,
        leastBytesPerMs: Number.POSITIVE_INFINITY,
        signal,
      });
      return ok(await scan(parts, body, signal));
    },
  },
  { method: 'DELETE', path: /^\/delete$/, handler: async () => ok(`ID Required: ${API_ROOT}/delete/<id>\n`) },
  { method: 'DELETE', path: /^\/delete\/([^/]+)$/, handler: remove },
  { method: 'GET', path: /^\/health$/, handler: async (parts) => ok(await health(parts)) },
  { method: 'GET', path: /^\/definition\?mime=([^&]+)$/, handler: definition },
  { method: 'PUT', path: /^\/file\/([^/]+\/[^/]+)$/, handler: upload },
];

/** Above API_ROOT. */
const TOP: readonly Route[] = [{ method: 'GET', path: /^\/api$/, handler: async () => ok(HELP) }];

/** The reply to a request whose sender may ask. Throws a Refusal. */
export async function answer(parts: RouteParts, request: IncomingMessage, signal: AbortSignal): Promise<Reply> {
  const { url = '', method = '' } = request;
  const asked = method === 'HEAD' ? 'GET' : method;
  const path = url.startsWith(API_ROOT) ? url.slice(API_ROOT.length) : null;
  const there =
    path === null ? TOP.filter((route) => route.path.test(url)) : ROUTES.filter((route) => route.path.test(path));
  const route = there.find((one) => one.method === asked);
  if (route !== undefined) return route.handler(parts, request, route.path.exec(path ?? url)?.[1] ?? '', signal);
  if (there.length === 0) throw new Refusal(404, 'there is no such route');
  throw new Refusal(405, 'this route has another method', { allow: there.map((one) => one.method).join(', ') });
}

const state = (id: string, scanned: boolean | null, reported: boolean | null, deleted: boolean): DetectionAnswer => ({
  id,
  inited: null,
  initied: null,
  scanned,
  reported,
  deleted,
});

/** The documents' list says `scanned: true` of running ones too. */
const listed = ([id, known]: readonly [string, Known]) =>
  state(id, true, known.kind === 'running' ? null : known.ok, false);

async function status({ records }: RouteParts, _request: IncomingMessage, rest: string): Promise<Reply> {
  const id = canonicalId(rest);
  const known = records.find(id);
  if (known === null) throw idNotFound();
  return ok(known.kind === 'running' ? state(id, false, null, false) : state(id, true, known.ok, false));
}

/** Removes what was uploaded under the id, too. */
async function remove({ records, uploads }: RouteParts, _request: IncomingMessage, rest: string): Promise<Reply> {
  const id = canonicalId(rest);
  await uploads.discard(id);
  const known = records.delete(id);
  if (known === null) return ok(state(id, null, null, true));
  return ok(known.kind === 'running' ? state(id, false, null, true) : state(id, true, known.ok, true));
}

async function health({ detections, slots, program, maxBytes }: RouteParts): Promise<DaemonHealth> {
  const { problem, engineVersion, databaseVersion } = await detections.health();
  const [running, waiting] = [slots.running, slots.waiting];
  const ready = problem === null ? 'ready' : 'not_ready';
  return { program, api: '1.0', state: ready, problem, engineVersion, databaseVersion, maxBytes, running, waiting };
}

async function definition({ detections }: RouteParts, _request: IncomingMessage, rest: string): Promise<Reply> {
  const mime = decoded(rest);
  const own = await detections.find(mime);
  if (own === null) throw new Refusal(404, 'there is no definition for this type');
  const { shared, workdir, install, scripts, report } = own;
  return ok({ mime, shared, inited: false, workdir, environ: {}, install, scripts, report });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, 'the type is not percent-encoded UTF-8');
  }
}

async function upload(
  { uploads, maxBytes }: RouteParts,
  request: IncomingMessage,
  rest: string,
  signal: AbortSignal,
): Promise<Reply> {
  const [uuid = '', hash = ''] = rest.split('/');
  const id = canonicalId(uuid);
  if (!sha256Schema.safeParse(hash).success) throw new Refusal(400, 'the path must end with a SHA-256 in lower case');
  const size = Number(request.headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(size)) throw new Refusal(411, 'uploads must state their Content-Length');
  const limits = { bytes: maxBytes, ms: UPLOAD_START_MS, leastBytesPerMs: LEAST_BYTES_PER_MS, signal };
  await uploads.receive(id, hash, piecesOf(request, limits));
  return { status: 201, body: { status: 201, id, sha256: hash, size } };
}
