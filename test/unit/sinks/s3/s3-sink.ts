import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { S3Destination } from '../../../../src-main/contract/settings';
import { createS3Sink } from '../../../../src-main/sinks/s3/sink';
import type { Sink } from '../../../../src-main/sinks/sink';
import type { Exchange } from '../../../support/s3-proxy';
import { BUCKET, type S3Server, startS3Server } from '../../../support/s3-server';
import { tempFolder } from '../../../support/temp-folder';
import { outgoing } from '../outgoing';

const TIMEOUTS = { connectMs: 1000, requestMs: 1500, idleMs: 1000 };

/** A sink for a test's server that soon gives up to wait, its journal in the server's folder. */
export function s3SinkOf(server: S3Server, change: Partial<S3Destination> = {}, timeouts = TIMEOUTS): Sink {
  const destination: S3Destination = {
    kind: 's3',
    bucket: BUCKET,
    prefix: '',
    region: 'us-east-1',
    endpoint: server.endpoint,
    pathStyle: true,
    checksums: 'when_supported',
    conditionalPut: 'auto',
    ...change,
  };
  return createS3Sink('inbound', destination, { ownerTag: 'us', journalDir: server.folder, timeouts });
}

/** A server for each test of a file with the sinks that the test makes; all are closed behind it. */
export function s3ForEachTest() {
  let server: S3Server;
  const sinks: Sink[] = [];
  beforeEach(async () => {
    server = await startS3Server();
  });
  afterEach(async () => {
    for (const sink of sinks.splice(0)) await sink.close();
    await server.stop();
  });
  return {
    get server() {
      return server;
    },
    sinkOf(change: Partial<S3Destination> = {}): Sink {
      const sink = s3SinkOf(server, change);
      sinks.push(sink);
      return sink;
    },
  };
}

/** A file that is sent in one request. */
export const small = () => outgoing(tempFolder(), randomBytes(1000));
/** A file that is sent in parts. */
export const large = () => outgoing(tempFolder(), randomBytes(20 * 1024 ** 2));
export const isPut = ({ method }: Exchange) => method === 'PUT';
