import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { net, protocol, type Session } from 'electron';
import { errnoOf, messageOf } from '../base/errors';
import { CONTENT_POLICY, developmentPolicy } from './content-policy';

const SCHEME = 'dropgate';
/** Every page of the window is below this address. */
export const APP_ORIGIN = `${SCHEME}://app/`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must be called before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** File below `folder` that an address means; null for one of another host, method or outside of it. */
export function fileOf(folder: string, address: string): string | null {
  const url = new URL(address);
  if (url.protocol !== `${SCHEME}:` || url.host !== 'app') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null; // no address of ours: ours are plain
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = join(folder, path === '/' ? 'index.html' : path);
  return file.startsWith(folder + sep) ? file : null;
}

/** Headers of every answer. */
export function headersFor(file: string, policy: string): Record<string, string> {
  return {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/** Serves the renderer's files, or in development those of the server behind `developmentServer`. */
export function serveApp(session: Session, folder: string, developmentServer: string | null): void {
  session.protocol.handle(SCHEME, (request) => {
    const file = fileOf(folder, request.url);
    if (file === null || request.method !== 'GET') return new Response('there is nothing here', { status: 404 });
    return developmentServer === null ? fromFile(file) : fromServer(request.url, developmentServer);
  });
}

async function fromFile(file: string): Promise<Response> {
  try {
    return new Response(await readFile(file), { headers: headersFor(file, CONTENT_POLICY) });
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' || errnoOf(error) === 'EISDIR';
    return new Response(messageOf(error), { status: missing ? 404 : 500 });
  }
}

async function fromServer(address: string, server: string): Promise<Response> {
  const { pathname, search } = new URL(address);
  const answer = await net.fetch(new URL(pathname + search, server).href);
  const headers = new Headers(answer.headers);
  headers.set('content-security-policy', developmentPolicy(server));
  return new Response(answer.body, { status: answer.status, headers });
}
