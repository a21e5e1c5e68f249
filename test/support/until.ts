/** Waits for `condition`, asking again and again; fails after `seconds`, far beyond what the slowest machine needs. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  options: { readonly seconds?: number; readonly everyMs?: number } = {},
): Promise<void> {
  const { seconds = 120, everyMs = 50 } = options;
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
