import { net, protocol, type Session } from 'electron';
import { errnoOf, messageOf } from '../base/errors';
import { readFile } from '../base/files';
import { fileOf, headersFor, SCHEME } from './app-files';
import { CONTENT_POLICY, developmentPolicy } from './content-policy';

/** Must be called before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
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
