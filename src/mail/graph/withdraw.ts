import { isGone } from '../errors.ts'
import { callTogether } from './batch.ts'
import type { GraphClient } from './graph-client.ts'
import type { MailboxPaths } from './paths.ts'

/** Deletes drafts for good, so that they can never go out. Returns whether all of them are gone. */
export async function withdraw(
  ids: string[],
  { client, paths }: { client: GraphClient; paths: MailboxPaths },
  signal: AbortSignal,
): Promise<boolean> {
  if (ids.length === 0) return true
  const requests = ids.map((id) => ({ method: 'POST' as const, url: `${paths.message(id)}/permanentDelete` }))
  const outcomes = await callTogether(client, 'withdraw', requests, signal)
  return outcomes.every(({ error }) => error === null || isGone(error))
}
