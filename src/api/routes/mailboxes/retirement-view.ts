import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import { EWS_ENDS_ON, ewsEndOf, ewsEnds } from '../../../mailboxes/ews-end.ts'
import type { MailboxRow } from '../../../mailboxes/open-mailboxes.ts'

/** The end of what a mailbox is reached by. */
export const retirementView = z
  .object({
    endsOn: z.iso.date(),
    state: z.enum(ewsEnds).describe('`switched-off`: this tenant or mailbox has lost it already'),
    message: z.string().describe('What it means and what to do'),
  })
  .meta({ id: 'MailboxRetirement' })

/** As it stands at `now`; null where no end is known. */
export function toRetirementView(
  row: Pick<MailboxRow, 'name' | 'settings' | 'trouble'>,
  locale: Locale,
  now: Date,
): z.output<typeof retirementView> | null {
  const state = ewsEndOf(row, now)
  if (state === null) return null
  const message = translator(locale)(`notices:ews-end.${state}`, { mailbox: row.name })
  return { endsOn: EWS_ENDS_ON, state, message }
}
