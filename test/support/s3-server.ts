import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { type S3Proxy, startS3Proxy } from './s3-proxy';

/** What the SDK's default chain finds: worth nothing outside this process. */
process.env.AWS_ACCESS_KEY_ID ??= 'test-key';
process.env.AWS_SECRET_ACCESS_KEY ??= 'test-value';

export const BUCKET = 'inbound';

/** An S3-speaking server on 127.0.0.1 behind a proxy that can apply faults, and a client that sees past the proxy. */
export interface S3Server {
  /** Through the proxy: what a sink is given. */
  readonly endpoint: string;
  readonly proxy: S3Proxy;
  /** Folder for journals; removed by `stop`. */
  readonly folder: string;
  read(key: string): Promise<Buffer>;
  metadata(key: string): Promise<Record<string, string>>;
  keys(): Promise<string[]>;
  write(key: string, body: Buffer, metadata?: Record<string, string>): Promise<void>;
  /** Begins a multipart upload with one part, as another program would, and returns its id. */
  beginUpload(key: string): Promise<string>;
  /** `proxyDown`: the proxy was stopped before. */
  stop(proxyDown?: boolean): Promise<void>;
}

export async function startS3Server(): Promise<S3Server> {
  const app = buildApp({ logger: false });
  const direct = await app.listen({ host: '127.0.0.1', port: 0 });
  const proxy = await startS3Proxy(direct);
  const folder = mkdtempSync(join(tmpdir(), 'dropgate-s3-'));
  const clientOf = (endpoint: string) => new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  const client = clientOf(direct);
  const other = clientOf(proxy.endpoint);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    endpoint: proxy.endpoint,
    proxy,
    folder,
    async read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    async metadata(Key) {
      return (await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).Metadata ?? {};
    },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    },
    async write(Key, Body, Metadata = {}) {
      await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, Metadata }));
    },
    async beginUpload(Key) {
      const { UploadId } = await other.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key }));
      if (UploadId === undefined) throw new Error('no upload id');
      const part = { Bucket: BUCKET, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(1024) };
      await other.send(new UploadPartCommand(part));
      return UploadId;
    },
    async stop(proxyDown = false) {
      client.destroy();
      other.destroy();
      if (!proxyDown) await proxy.stop();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
