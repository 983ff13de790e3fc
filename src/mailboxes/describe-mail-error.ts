import { inBothLanguages } from '../lib/translate.ts'
import type { MailErrorKind } from '../mail/errors.ts'

/** The part of a mail error that its text needs; a stored pause has it too. */
export interface DescribableMailError {
  kind: MailErrorKind
  messageKey: string | null
  messageValues: Record<string, string>
}

/** What happened and what to do next, in both languages: the exact text where there is one, else the kind's. */
export function describeMailError(error: DescribableMailError): { en: string; fr: string } {
  const key = `mail-errors:${error.messageKey ?? `kind.${error.kind}`}`
  return inBothLanguages(key, error.messageValues)
}
