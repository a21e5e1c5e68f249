import { DropgateError, errnoOf, messageOf, SinkError } from '../../base/errors';
import { redactText } from '../../base/redact';
import { OTHER_BYTES } from './digests';

/** HTTP status and name of an error of the SDK; null where it never got an answer. */
export function answerOf(error: unknown): { status: number | null; name: string } {
  if (typeof error !== 'object' || error === null) return { status: null, name: '' };
  const name = 'name' in error && typeof error.name === 'string' ? error.name : '';
  const metadata = '$metadata' in error ? error.$metadata : null;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return { status: typeof status === 'number' ? status : null, name };
}

export function isNotFound(error: unknown): boolean {
  const { status, name } = answerOf(error);
  return (
    name !== 'NoSuchBucket' &&
    (status === 404 || name === 'NotFound' || name === 'NoSuchKey' || name === 'NoSuchUpload')
  );
}

/** Something has the key already (conditional put). */
export function isTaken(error: unknown): boolean {
  const { status, name } = answerOf(error);
  return status === 412 || name === 'PreconditionFailed';
}

/** The server does not know what was asked of it. */
export function isNotImplemented(error: unknown): boolean {
  const { status, name } = answerOf(error);
  return status === 501 || name === 'NotImplemented';
}

/** The object itself can never be stored there. */
const REFUSED = new Set([
  'EntityTooLarge',
  'KeyTooLongError',
  'InvalidObjectName',
  'XMinioInvalidObjectName',
  'MetadataTooLarge',
]);

/** Digests that did not fit, as Amazon, MinIO and a signature over the bytes call it. */
const UNFIT = new Set(['BadDigest', 'XAmzContentChecksumMismatch', 'XAmzContentSHA256Mismatch']);

function nextStep(status: number | null, name: string): string {
  if (UNFIT.has(name)) return OTHER_BYTES;
  if (name === 'CredentialsProviderError') return 'no credentials were found; set them as for the AWS command line';
  if (name === 'NoSuchBucket') return 'the bucket does not exist; make it or correct "bucket"';
  if (status === 401 || status === 403) return 'access is denied; check credentials, bucket policy and the clock';
  if (status === 404) return 'the bucket was not found; check "bucket", "endpoint" and "pathStyle"';
  if (status === 301 || status === 307 || name === 'AuthorizationHeaderMalformed')
    return 'check "region" and "endpoint"';
  if (status === 411) return 'the server needs a length; set "checksums: when_required"';
  if (status === 501) return 'the server lacks a function; try "conditionalPut: off" and "checksums: when_required"';
  if (status === 429 || status === 503) return 'the server asks for less; it is tried again';
  if (status !== null && status >= 500) return 'the server failed; it is tried again';
  if (status === null) return 'it cannot be reached; check "endpoint", network and server';
  return 'the server did not take the request';
}

/**
 * A failure of S3 as a sink says it. Credentials, policies, buckets and networks get mended, so all of these may be
 * retried; only what can never be stored is SINK_REFUSED. The words of the server are kept, secrets in them are not.
 */
export function s3Error(error: unknown, where: string): DropgateError {
  if (error instanceof DropgateError) return error;
  const { status, name } = answerOf(error);
  const code = status === 413 || status === 414 || REFUSED.has(name) ? 'SINK_REFUSED' : 'SINK_UNAVAILABLE';
  const step = code === 'SINK_REFUSED' ? 'the server will never take this file' : nextStep(status, name);
  const said = [status, name, errnoOf(error), messageOf(error)]
    .filter((part) => part !== null && part !== '')
    .join(' ');
  return new SinkError(code, redactText(`${where}: ${step} (${said})`));
}
