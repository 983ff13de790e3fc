import { MailError } from './errors.ts'
import type { FailedItem, MessageHead } from './mailbox.ts'

/** A message beyond the bound, both in bytes: it stays in the mailbox, and somebody is told. */
export function tooLarge(
  { id, size, head }: { id: string; size: number; head: MessageHead },
  largest: number,
): FailedItem {
  const megabytes = String(Math.ceil(size / (1024 * 1024)))
  const error = new MailError(`The message has ${megabytes} MB`, {
    kind: 'refused',
    retry: 'never',
    providerCode: 'message-too-large',
    messageKey: 'receive.too-large',
    messageValues: { megabytes, limit: String(Math.floor(largest / (1024 * 1024))) },
  })
  return { providerId: id, error, head }
}
