import { bounceReason } from '../../../lib/bounce-reason.ts'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import type { Failure } from '../../../store/schema.ts'

/** Failures of ours that have a text of their own. */
const ours = ['unreadable', 'not-composed', 'outcome-unknown']
/** Those that the catalogue of errors tells already. */
const asErrors = ['raw-missing', 'raw-altered']
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
  if (code === 'bounce' || /^\d\.\d{1,3}\.\d{1,3}$/.test(code))
    return text(`dead-letters:bounce.${bounceReason(code)}`)
  return text('dead-letters:internal')
}
