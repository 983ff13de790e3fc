import type { Tx } from '../store/context.ts'

/**
 * Those of these people, by address, who would manage themselves by way of others once they have these managers. Circles
 * that nobody of them is in are left alone: they were there before.
 */
export async function findManagerCircles(
  tx: Tx,
  changed: readonly { id: string; address: string; managerId: string | null }[],
): Promise<string[]> {
  if (changed.every(({ managerId }) => managerId === null)) return []
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'managerId'])
    .where('managerId', 'is not', null)
    .execute()
  const managers = new Map(rows.map(({ id, managerId }) => [id, managerId]))
  for (const { id, managerId } of changed) managers.set(id, managerId)

  // Each chain is followed once: whoever leads into one that was followed before is in no circle of their own.
  const settled = new Set<string>()
  const inCircle = new Set<string>()
  for (const { id } of changed) {
    const chain: string[] = []
    const places = new Map<string, number>()
    let next: string | null | undefined = id
    while (next && !settled.has(next) && !places.has(next)) {
      places.set(next, chain.length)
      chain.push(next)
      next = managers.get(next)
    }
    const start = next ? places.get(next) : undefined
    if (start !== undefined) for (const member of chain.slice(start)) inCircle.add(member)
    for (const member of chain) settled.add(member)
  }
  return changed.filter(({ id }) => inCircle.has(id)).map(({ address }) => address)
}
