import { fromBase64 } from './paths';

/** A path in base64 as dropgate.yaml can hold it; null where its bytes are no UTF-8, which no text can say. */
export function textOfPath(path: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64(path));
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
