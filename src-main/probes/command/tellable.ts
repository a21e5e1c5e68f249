/** A shorter value is hardly a secret, and stands in many words. */
const SHORTEST_VALUE = 7;

/**
 * `said` without what an error message must not tell: the path of the file (`the file`), and what the variables `names` of
 * `env` hold (`[NAME]`). Made before `said` is shortened, since a part of a value would not be known again.
 */
export function tellable(
  said: string,
  path: string,
  names: readonly string[],
  env: Readonly<Record<string, string>>,
): string {
  const hidden = names
    .map((name) => ({ value: env[name] ?? '', shown: `[${name}]` }))
    .filter(({ value }) => value.length >= SHORTEST_VALUE)
    .sort((one, other) => other.value.length - one.value.length); // one may be a part of another
  return [{ value: path, shown: 'the file' }, ...hidden].reduce(
    (text, { value, shown }) => text.replaceAll(value, () => shown),
    said,
  );
}
