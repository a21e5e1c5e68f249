/** The hashes that lists hold, told apart by their length alone. The order is that of the sections in an index. */
export const ALGORITHMS = ['md5', 'sha1', 'sha256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Length of each hash in bytes. */
export const HASH_BYTES = { md5: 16, sha1: 20, sha256: 32 } as const satisfies Record<Algorithm, number>;

/** The algorithm whose hashes have this many hexadecimal digits, or null. */
export function algorithmOfDigits(digits: number): Algorithm | null {
  return ALGORITHMS.find((algorithm) => HASH_BYTES[algorithm] * 2 === digits) ?? null;
}
