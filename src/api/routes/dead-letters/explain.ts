import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import type { Failure } from '../../../store/schema.ts'

/** Failures of ours that have a text of their own. */
const ours = ['unreadable', 'not-composed', 'outcome-unknown']
/** Those that the catalogue of errors tells already. */
const asErrors = ['raw-missing', 'raw-altered']
/** The subject of an RFC 3463 status, its second number. */
const bounces: Record<string, string> = {
  1: 'address',
  2: 'mailbox',
  4: 'network',
  6: 'content',
  7: 'policy',
}

/** What happened to a message that was given up, and what to do next. */
export function explain({ id, error }: { id: string; error: Failure }, locale: Locale): string {
  const text = translator(locale)
  const { code } = error
  if (ours.includes(code)) return text(`dead-letters:${code}`)
  if (asErrors.includes(code)) return text(`errors:${code}.detail`, { message: id })
  if (error.kind !== undefined) {
    const { messageKey = null, messageValues = {} } = error
    return describeMailError({ kind: error.kind as MailErrorKind, messageKey, messageValues })[locale]
  }
  const status = /^\d\.(\d{1,3})\.\d{1,3}$/.exec(code)
  if (status || code === 'bounce') return text(`dead-letters:bounce.${bounces[status?.[1] ?? ''] ?? 'other'}`)
  return text('dead-letters:internal')
}
