import { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import { describeCheck } from '../../../mailboxes/doctor/describe-check.ts'
import { guideStepOf } from '../../../mailboxes/doctor/guide-step.ts'
import type { Check } from '../../../mailboxes/doctor/run-steps.ts'

/** Which of the steps of the setup guide. */
export const guideStep = z.int().min(1).max(8)

/** One step of the doctor. */
export const checkView = z
  .object({
    id: z.string(),
    title: z.string(),
    outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
    evidence: z.string().describe('In the provider’s words'),
    mend: z.string().nullable().describe('What to know or to do; null when that is nothing'),
    guideStep: guideStep
      .nullable()
      .describe('The step of the setup guide that mends it; null where none does'),
  })
  .meta({ id: 'MailboxCheck' })

/** The outcome of all of them: warnings leave a mailbox in order. */
export const examinationView = z
  .object({ ok: z.boolean().describe('Whether no step failed'), checks: z.array(checkView) })
  .meta({ id: 'MailboxExamination' })

export function toCheckView(check: Check, locale: Locale): z.output<typeof checkView> {
  const { id, outcome, evidence } = check
  return { id, outcome, evidence, ...describeCheck(check, locale), guideStep: guideStepOf(check.mend) }
}
