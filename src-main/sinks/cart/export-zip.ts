import { TransformStream, WritableStream } from 'node:stream/web';
import { type FileHandle, open } from '../../base/files';
import { decodeCart, openCart, readCartFacts } from './decode';
import { mustBe, type Unpacked } from './unpack';

export interface ExportRequest {
  readonly source: Uint8Array;
  /** Must not exist; whole and synced when this resolves. The caller removes it when this rejects. */
  readonly destination: Uint8Array;
  readonly mode: number;
  readonly expectedSha256: string | null;
  /** Name of the original inside the zip. */
  readonly entryName: string;
  /** The report, as JSON text. */
  readonly report: string;
  readonly password: string;
}

const REPORT_NAME = 'report.json';
const AES_256 = 3;

/**
 * A name that is harmless to whoever unpacks: one file in the folder where the zip is unpacked, never the report.
 */
export function harmlessEntryName(name: string): string {
  const flat = name.replace(/[/\\:]/g, '_');
  if (flat === '' || flat === '.' || flat === '..') return 'unnamed';
  return flat.toLowerCase() === REPORT_NAME ? `original-${flat}` : flat;
}

function intoFile(target: FileHandle): WritableStream<Uint8Array> {
  return new WritableStream({ write: (chunk) => target.writeFile(chunk) });
}

/** A stored file and its report as a zip with AES-256 under `password`, as a stream. Throws NOT_FOUND, INTEGRITY. */
export async function exportZip(request: ExportRequest): Promise<Unpacked> {
  const { configure, TextReader, ZipWriter } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const file = await openCart(request.source);
  try {
    const facts = await readCartFacts(file);
    mustBe(facts.footer, request.expectedSha256);
    const target = await open(Buffer.from(request.destination), 'wx', request.mode);
    try {
      const options = { password: request.password, encryptionStrength: AES_256, level: 1 } as const;
      const zip = new ZipWriter(intoFile(target), { ...options, bufferedWrite: false });
      const plain = new TransformStream<Uint8Array, Uint8Array>();
      const writer = plain.writable.getWriter();
      const decoding = decodeCart(file, facts, (chunk) => writer.write(chunk)).then(
        () => writer.close(),
        async (error: unknown) => {
          await writer.abort(error);
          throw error;
        },
      );
      // both are waited for: the decoder's own error says more than that of the zip which it broke
      const adding = zip.add(harmlessEntryName(request.entryName), plain.readable);
      const [decoded, added] = await Promise.allSettled([decoding, adding]);
      if (decoded.status === 'rejected') throw decoded.reason;
      if (added.status === 'rejected') throw added.reason;
      await zip.add(REPORT_NAME, new TextReader(request.report));
      await zip.close();
      await target.sync();
    } finally {
      await target.close();
    }
    return { header: facts.header, footer: facts.footer };
  } finally {
    await file.close();
  }
}
