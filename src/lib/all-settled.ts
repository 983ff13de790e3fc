/**
 * Waits until each has ended, then answers as `Promise.all` does: what throws first ends nothing early. For work that
 * shares a transaction, which may not end while some of it still runs.
 */
export async function allSettled<Value>(promises: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
