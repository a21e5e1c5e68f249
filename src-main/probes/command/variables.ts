/** `${NAME}`, and nothing else that begins with a dollar. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The names that a text refers to. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, name = '']) => name);
}

/** `text` with each `${NAME}` replaced by its value, which is not looked at again; a name that nothing sets stays as it is. */
export function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(REFERENCE, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}
