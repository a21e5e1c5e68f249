import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../base/host';
import { Refusal } from './refusal';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Who may ask. */
export class Access {
  private readonly token: Buffer | null;
  private readonly onLoopback: boolean;

  /** `token`: null = everybody who reaches the address, which must then be this machine's own. */
  constructor(token: string | null, onLoopback: boolean) {
    this.token = token === null ? null : digest(token);
    this.onLoopback = onLoopback;
  }

  /**
   * Throws a Refusal: 403 for what a page in a browser of this machine sent, by its origin or by a name that it made
   * lead here; 401 without the token. Digests are compared, in constant time: neither length nor content can be measured.
   */
  check(request: IncomingMessage): void {
    const { origin, host, authorization } = request.headers;
    if (origin !== undefined) throw new Refusal(403, 'requests of web pages are not answered');
    if (this.onLoopback && !isLoopback(hostOf(host ?? '')))
      throw new Refusal(403, 'the Host header names another machine');
    if (this.token === null) return;
    const given = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(given), this.token)) return;
    throw new Refusal(401, 'a valid token is needed', { 'www-authenticate': 'Bearer' });
  }
}

const hostOf = (header: string) => header.replace(/:\d{1,5}$/, '');
