/** Waits for all, then rejects with the first failure: nothing goes on behind an item that was given up. */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<T[]> {
  if (work.length === 1) return Promise.all(work);
  return (await Promise.allSettled(work)).map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
