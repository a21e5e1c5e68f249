import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What it says to `POST /scan`: HTTP status and body. */
export type Answer = (posted: Record<string, unknown>) => readonly [number, unknown];

/**
 * A daemon as the original was: no token, no uploads, no health, HTTP 200 whatever it says, `initied` in its bodies. What
 * it says is the test's own.
 */
export class OriginalDaemon {
  readonly posted: Record<string, unknown>[] = [];
  readonly deleted: string[] = [];
  private readonly server: Server;

  private constructor(answer: Answer) {
    this.server = createServer(async (request, response) => {
      let text = '';
      for await (const piece of request.setEncoding('utf8')) text += piece;
      const [status, body] = this.reply(request.method ?? '', request.url ?? '', text, answer);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  static async start(answer: Answer): Promise<OriginalDaemon> {
    const daemon = new OriginalDaemon(answer);
    await new Promise<void>((resolve) => daemon.server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      daemon.server.closeAllConnections();
      daemon.server.close();
    });
    return daemon;
  }

  get url(): string {
    const address = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  private reply(method: string, url: string, text: string, answer: Answer): readonly [number, unknown] {
    if (method === 'GET' && url === '/api/v1.0/list') return [200, []];
    if (method === 'DELETE') this.deleted.push(url.split('/').at(-1) ?? '');
    if (method !== 'POST' || url !== '/api/v1.0/scan')
      return [200, { status: 404, error: '404', message: 'ID not found' }];
    const posted: Record<string, unknown> = JSON.parse(text);
    this.posted.push(posted);
    return answer(posted);
  }
}
