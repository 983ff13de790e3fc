/** The doctor on a mailbox as an administrator has set it up, in the languages in which he reads what it finds. */
import { createLog } from '../../src/lib/log.ts'
import { describeCheck } from '../../src/mailboxes/doctor/describe-check.ts'
import { type Examination, examine } from '../../src/mailboxes/doctor/examine.ts'
import type { Check } from '../../src/mailboxes/doctor/run-steps.ts'
import { openMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import { saveMailbox } from '../../src/mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import type { Context } from '../../src/store/context.ts'

/** A step as it is told. */
export interface ToldCheck extends Pick<Check, 'id' | 'outcome' | 'evidence'> {
  title: { en: string; fr: string }
  mend: { en: string; fr: string } | null
}

type Options = Partial<Pick<Examination, 'send' | 'patience' | 'signal'>>

/** Long enough for a busy machine; what arrives is seen at once. */
const patience = { copyMs: 20_000, arrivalMs: 30_000, plusMs: 20_000 }

/** Saves the form under this name and examines that mailbox. */
export async function examineMailbox(
  context: Context,
  name: string,
  form: object,
  options: Options = {},
): Promise<ToldCheck[]> {
  const { id } = await saveMailbox(context, name, mailboxForm.parse(form))
  return examineStored(context, id, options)
}

/** Examines a mailbox as it is stored. */
export async function examineStored(
  context: Context,
  id: string,
  options: Options = {},
): Promise<ToldCheck[]> {
  const log = createLog('silent')
  const mailboxes = openMailboxes(context, (settings, secret) => openAdapter(settings, secret, { log }))
  const row = await mailboxes.load(id)
  const mailbox = mailboxes.openAnew(row)
  const { signal } = new AbortController()
  const told: ToldCheck[] = []
  try {
    for await (const check of examine(context, { row, mailbox, send: true, signal, patience, ...options })) {
      const [en, fr] = (['en', 'fr'] as const).map((locale) => describeCheck(check, locale)) as [
        ReturnType<typeof describeCheck>,
        ReturnType<typeof describeCheck>,
      ]
      const { outcome, evidence } = check
      told.push({
        id: check.id,
        outcome,
        evidence,
        title: { en: en.title, fr: fr.title },
        mend: en.mend === null || fr.mend === null ? null : { en: en.mend, fr: fr.mend },
      })
    }
    return told
  } finally {
    await mailbox.close()
  }
}
