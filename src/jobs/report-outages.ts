import type { PostToWebhook } from '../lib/webhook.ts'
import { noteOutages } from '../mailboxes/note-outages.ts'
import { tellOutages } from '../mailboxes/tell-outages.ts'
import type { Context } from '../store/context.ts'

/** Notes which mailboxes are down, and tells the webhook where there is one. */
export async function reportOutages(
  context: Context,
  webhook: PostToWebhook | null,
  signal: AbortSignal,
): Promise<void> {
  await noteOutages(context)
  if (webhook !== null) await tellOutages(context, webhook, signal)
}
