import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PARTIAL_PREFIX } from '../../src-main/base/atomic-file';
import type { S3Destination } from '../../src-main/contract/settings';
import { createFolderSink } from '../../src-main/sinks/folder/sink';
import { UploadJournal } from '../../src-main/sinks/s3/journal';
import { keyText } from '../../src-main/sinks/s3/key';
import { createS3Sink } from '../../src-main/sinks/s3/sink';
import { honoursConditions } from '../support/s3-rules';
import { BUCKET, startS3Server } from '../support/s3-server';
import { type SinkWorld, sinkConformance } from './sink-conformance';

/** How many regular files there are at any depth, but for half-made ones at the top. */
function countPublished(folder: Buffer, top = true): number {
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) count += countPublished(path, false);
    else if (!top || !entry.name.toString().startsWith(PARTIAL_PREFIX)) count += 1;
  }
  return count;
}

async function folderWorld(): Promise<SinkWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'dropgate-folder-'));
  const place = (path: Buffer) => Buffer.concat([Buffer.from(`${dir}/`), path]);
  const theirs = `${PARTIAL_PREFIX}0000000000000001`;
  return {
    sink: createFolderSink('outbox', dir),
    read: async (path) => readFileSync(place(path)),
    count: async () => countPublished(Buffer.from(dir)),
    async plant(path, bytes) {
      mkdirSync(join(dir, path.toString(), '..'), { recursive: true });
      writeFileSync(place(path), bytes);
    },
    metadata: async () => null,
    takeDown: async () => rmSync(dir, { recursive: true }),
    async leaveHalves() {
      const ours = join(dir, `${PARTIAL_PREFIX}0000000000000000`);
      writeFileSync(ours, 'half');
      utimesSync(ours, 1000, 1000);
      writeFileSync(join(dir, theirs), 'in work'); // of an engine that lives
    },
    halves: async () => readdirSync(dir).filter((name) => name.startsWith(PARTIAL_PREFIX)).length,
    close: async () => rmSync(dir, { recursive: true, force: true }),
  };
}

function s3World(settings: Partial<S3Destination>): () => Promise<SinkWorld> {
  return async () => {
    const server = await startS3Server();
    server.proxy.rules = [honoursConditions];
    const destination: S3Destination = {
      kind: 's3',
      bucket: BUCKET,
      prefix: 'in/',
      region: 'us-east-1',
      endpoint: server.endpoint,
      pathStyle: true,
      checksums: 'when_supported',
      conditionalPut: 'auto',
      ...settings,
    };
    const owner = { ownerTag: 'us', journalDir: server.folder };
    const sink = createS3Sink('inbound', destination, owner);
    // a name that is no UTF-8 as a whole is escaped name by name, as the sink does
    const key = (path: Buffer) => {
      const slash = path.indexOf('/');
      const names = path
        .subarray(slash + 1)
        .toString('latin1')
        .split('/');
      const texts = names.map((name) => keyText(Buffer.from(name, 'latin1')));
      return `in/${path.subarray(0, slash)}/${texts.join('/')}`;
    };
    let down = false;
    return {
      sink,
      read: (path) => server.read(key(path)),
      count: async () => (await server.keys()).length,
      plant: (path, bytes) => server.write(key(path), bytes),
      metadata: (path) => server.metadata(key(path)),
      async takeDown() {
        down = true;
        await server.proxy.stop();
      },
      async leaveHalves() {
        const journal = new UploadJournal(server.folder, 'inbound', 'us');
        const pending = await journal.begin(BUCKET, 'in/some/file');
        await journal.note(pending, await server.beginUpload('in/some/file'));
        await server.beginUpload('in/some/file');
      },
      halves: async () => server.proxy.uploads.size,
      async close() {
        await sink.close();
        await server.stop(down);
      },
    };
  };
}

sinkConformance('folder', folderWorld);
sinkConformance('s3, conditional put found out', s3World({}));
sinkConformance('s3, conditional put on', s3World({ conditionalPut: 'on' }));
sinkConformance(
  's3, conditional put off, fewer checksums',
  s3World({ conditionalPut: 'off', checksums: 'when_required' }),
);
