/** Ends of names of files that hold one packed content, and what the content's name has in their place. */
const ENDS: readonly (readonly [RegExp, string])[] = [
  [/\.(tgz|tpz|tbz2?|txz|tzst|tlz|taz)$/i, '.tar'],
  [/\.(gz|gzip|bz2?|bzip2|xz|lzma|zst|lz4|z)$/i, ''],
];

/** The name of the one content of a file called `name`, as unpackers give it: `a.tar.gz` and `a.tgz` hold `a.tar`. */
export function innerName(name: Uint8Array): Uint8Array {
  const text = Buffer.from(name).toString('latin1');
  for (const [end, instead] of ENDS) {
    const inner = text.replace(end, instead);
    if (inner !== text && inner !== '') return Buffer.from(inner, 'latin1');
  }
  return Buffer.from('content');
}
