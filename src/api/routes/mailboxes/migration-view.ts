import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MigrationCounts, MigrationPlan } from '../../../mailboxes/plan-migration.ts'
import { timestamp } from '../../common-schemas.ts'
import { checkView } from './check-view.ts'

/** What a move concerns, in the order in which people ask. */
const concerns = [
  'known',
  'unsettled',
  'unfetched',
  'waiting',
  'underWay',
  'openRequests',
] as const satisfies Array<keyof MigrationCounts>

export const migrationView = z
  .object({
    applied: z.boolean().describe('Whether the mailbox has been moved; false for a plan'),
    ready: z.boolean().describe('Whether it can be moved: no check failed'),
    message: z.string().describe('The outcome, and what to do next'),
    checks: z
      .array(checkView)
      .describe('The way over Graph, step by step; nothing is sent or changed by them'),
    changes: z
      .array(z.object({ setting: z.string(), from: z.string(), to: z.string() }))
      .describe('What changes in the settings'),
    readFrom: timestamp.describe('Mail received since then is read over Graph, and what is known is skipped'),
    concerns: z
      .array(
        z.object({
          id: z.enum(concerns),
          count: z.int(),
          message: z.string().describe('What becomes of them'),
        }),
      )
      .describe('How much there is of what the move concerns'),
  })
  .meta({ id: 'MailboxMigration' })

/** A plan, or with `readFrom` what was done by it. */
export function toMigrationView(
  plan: MigrationPlan,
  done: { readFrom: Date } | null,
  locale: Locale,
): z.output<typeof migrationView> {
  const text = translator(locale)
  const outcome = done ? 'done' : plan.isReady ? 'ready' : 'not-ready'
  const readFrom = (done ?? plan).readFrom.toISOString()
  return {
    applied: done !== null,
    ready: plan.isReady,
    message: text(`migration:outcome.${outcome}`, { mailbox: plan.row.name }),
    checks: plan.checks.map(({ words, ...check }) => ({ ...check, ...words[locale] })),
    changes: plan.changes,
    readFrom,
    concerns: concerns.map((id) => ({
      id,
      count: plan.counts[id],
      message: text(`migration:concern.${id}`, { number: plan.counts[id], readFrom }),
    })),
  }
}
