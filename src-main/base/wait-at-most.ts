/** Resolves when `work` has ended, and after `ms` at the latest: what hangs in the kernel ends at no time. Rejects as `work` does before. */
export async function waitAtMost(ms: number, work: Promise<unknown> | null): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
