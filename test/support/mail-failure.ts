import { expect } from 'vitest'
import { type Locale, translator } from '../../src/lib/translate.ts'
import { MailError } from '../../src/mail/errors.ts'

/** The `MailError` with which a promise fails; both languages must have a complete text for it. */
export async function mailFailure(promise: Promise<unknown>): Promise<MailError> {
  const error = await promise.then(
    () => expect.unreachable('it did not fail'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(MailError)
  const failure = error as MailError
  for (const locale of ['en', 'fr'] satisfies Locale[])
    expect(told(failure, locale)).not.toMatch(/\{\{|undefined/)
  return failure
}

function told({ kind, messageKey, messageValues }: MailError, locale: Locale): string {
  return translator(locale)(`mail-errors:${messageKey ?? `kind.${kind}`}`, messageValues)
}
