const NOBODY = 65_534;

/** Runs `work` as a user who is bound by permissions: root gives up its rights meanwhile, anybody else just runs it. */
export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0 || process.seteuid === undefined) return work();
  process.seteuid(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid(0);
  }
}
