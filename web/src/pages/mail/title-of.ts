import type { TFunction } from 'i18next'
import type { ListedMessage } from './messages.ts'

/** What a message is called: its subject, or what our mail is about. */
export function titleOf(message: ListedMessage, t: TFunction<'mail'>): string {
  if (message.direction === 'outbound') return t(`kind.${message.kind}`)
  if (message.state === 'unfetched') return t('unfetched')
  return message.subject.replace(TAG, '') || t('no-subject')
}

/** Our tag of a subject: the number of the request is shown by itself, and its token is masked. */
const TAG = /\s*\[#\d{1,16}-\d{1,9}-[^\]\s]{16}\]/

/** When it came, was written, or could not be fetched first. */
export function timeOf(message: ListedMessage): string {
  if (message.direction === 'outbound') return message.createdAt
  return message.state === 'unfetched' ? message.firstFailedAt : message.receivedAt
}

/** Who wrote it, or whom we wrote to; empty where that is not known. */
export function addressOf(message: ListedMessage): string {
  if (message.direction === 'outbound') return message.to
  return message.state === 'unfetched' ? '' : message.from
}
