/**
 * RC4, for CaRT (where it defangs and keeps no secret) and for old PDFs. Node's OpenSSL refuses the cipher, so it is written out here
 * (the algorithm: Schneier, Applied Cryptography, 17.1). One instance is one key stream; encoding and decoding are the same.
 */
export class Rc4 {
  private readonly state = new Uint8Array(256);
  private i = 0;
  private j = 0;

  constructor(key: Uint8Array) {
    const { state } = this;
    for (let n = 0; n < 256; n += 1) state[n] = n;
    for (let n = 0, j = 0; n < 256; n += 1) {
      const value = state[n] ?? 0;
      j = (j + value + (key[n % key.length] ?? 0)) & 255;
      state[n] = state[j] ?? 0;
      state[j] = value;
    }
  }

  /** A new buffer with the next `input.length` bytes of the stream applied. */
  apply(input: Uint8Array): Buffer {
    const output = Buffer.allocUnsafe(input.length);
    const { state } = this;
    let { i, j } = this;
    for (let n = 0; n < input.length; n += 1) {
      i = (i + 1) & 255;
      const left = state[i] ?? 0;
      j = (j + left) & 255;
      const right = state[j] ?? 0;
      state[i] = right;
      state[j] = left;
      output[n] = (input[n] ?? 0) ^ (state[(left + right) & 255] ?? 0);
    }
    this.i = i;
    this.j = j;
    return output;
  }
}
