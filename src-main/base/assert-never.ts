/** Marks a branch that the types rule out; reaching it at run time is a mistake in Dropgate. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
