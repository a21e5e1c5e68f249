import { openHeld } from './store';

/** A piece of a held file's bytes, for a person to look at. Throws NOT_FOUND. */
export async function peekHeld(
  location: Uint8Array,
  offset: number,
  length: number,
): Promise<{ bytes: Uint8Array; size: number }> {
  const file = await openHeld(location);
  try {
    const { size } = await file.stat();
    const wanted = Math.max(0, Math.min(length, size - offset));
    const buffer = Buffer.alloc(wanted);
    let done = 0;
    while (done < wanted) {
      const { bytesRead } = await file.read(buffer, done, wanted - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return { bytes: buffer.subarray(0, done), size };
  } finally {
    await file.close();
  }
}
