import type { S3Destination } from '../../../../src-main/contract/settings';
import { createS3Sink } from '../../../../src-main/sinks/s3/sink';
import type { Sink } from '../../../../src-main/sinks/sink';
import { BUCKET, type S3Server } from '../../../support/s3-server';

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
