import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Destination } from '../../contract/settings';

type ClientModule = typeof import('@aws-sdk/client-s3');
type StorageModule = typeof import('@aws-sdk/lib-storage');

/** The SDK and one client of it. Loaded with the first use: it takes a third of a second that a scan need not wait for. */
export interface S3Kit {
  readonly sdk: ClientModule;
  readonly storage: StorageModule;
  readonly client: S3Client;
  readonly checksums: S3Destination['checksums'];
}

/** Small objects and large ones at once, and parts of each large one. Memory: (SMALL + LARGE x (PARTS + 2)) x PART_BYTES at most. */
export const SMALL_AT_ONCE = 12;
export const LARGE_AT_ONCE = 2;
export const PARTS_AT_ONCE = 4;
export const PART_BYTES = 8 * 1024 ** 2;

/** More sockets than requests at once, so that none waits for a socket until it times out. */
const MOST_SOCKETS = SMALL_AT_ONCE + LARGE_AT_ONCE * PARTS_AT_ONCE + 8;
const CONNECT_MS = 5_000;
/** A whole request: 8 MiB at 70 KB/s. */
const REQUEST_MS = 120_000;
/** Silence on a socket; a server that puts a large upload together may be silent for a while. */
const IDLE_MS = 60_000;
const MOST_ATTEMPTS = 3;

export interface Timeouts {
  readonly connectMs?: number;
  readonly requestMs?: number;
  readonly idleMs?: number;
}

/** A client with the SDK's default credential chain; nothing waits without an end (the SDK's own default). */
export async function loadKit(settings: S3Destination, timeouts: Timeouts): Promise<S3Kit> {
  const [sdk, storage] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  const checksums = settings.checksums === 'when_supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
  const agent = { keepAlive: true, maxSockets: MOST_SOCKETS };
  const client = new sdk.S3Client({
    region: settings.region,
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    forcePathStyle: settings.pathStyle,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    maxAttempts: MOST_ATTEMPTS,
    requestHandler: {
      connectionTimeout: timeouts.connectMs ?? CONNECT_MS,
      requestTimeout: timeouts.requestMs ?? REQUEST_MS,
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.idleMs ?? IDLE_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  return { sdk, storage, client, checksums: settings.checksums };
}
