import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Locale } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { mendFor } from '../../../mail/finding.ts'
import { adminConsentUrl } from '../../../mailboxes/admin-consent-url.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { guideStepOf } from '../../../mailboxes/doctor/guide-step.ts'
import type { Backlog } from '../../../outbound/expected-times.ts'
import type { MailboxTable } from '../../../store/schema.ts'
import { personRef, timestamp } from '../../common-schemas.ts'
import { guideStep } from './check-view.ts'
import { credentialView, toCredentialView } from './credential-view.ts'
import { pushView, toPushView } from './push-view.ts'
import { retirementView, toRetirementView } from './retirement-view.ts'
import { sendingView, toSendingView } from './sending-view.ts'
import { settingsView } from './settings-view.ts'

/** A mailbox as an administrator sees it. The secret is no part of it, only whether there is one. */
export const mailboxView = z
  .object({
    name: z.string(),
    state: z.enum(['running', 'paused', 'disabled', 'detached']),
    trouble: z
      .object({
        code: z.string().describe('The provider’s own code'),
        since: timestamp,
        message: z.string().describe('What happened and what to do next'),
        guideStep: guideStep
          .nullable()
          .describe('The step of the setup guide that mends it; null where none does'),
      })
      .nullable()
      .describe('What went wrong last, until it works again; what stopped a paused mailbox'),
    pausedBy: z
      .object({
        at: timestamp,
        person: personRef.nullable().describe('Null for the operator at the command line'),
      })
      .nullable()
      .describe('By which administrator, and when; null for one that is not `disabled`'),
    sending: sendingView,
    settings: settingsView,
    hasSecret: z.boolean().describe('Whether a client secret, a certificate or a password is stored'),
    credential: credentialView.nullable().describe('Null for a password'),
    adminConsentUrl: z
      .url()
      .nullable()
      .describe(
        'Where an administrator of the mailbox’s tenant consents to the application; null without one',
      ),
    startFrom: timestamp.describe('Mail received before this is never acted on'),
    lastReceivedAt: timestamp.nullable().describe('When it was last read to its end'),
    readAgainAt: timestamp.nullable().describe('When reading is tried again after trouble'),
    reattachment: z
      .object({
        since: timestamp.describe('Mail received from then on is read again'),
        endedAt: timestamp.nullable().describe('Null until all was read'),
        unknownMails: z
          .int()
          .describe(
            'Answered mails that the backup knows nothing of, up to 1,000: their answers are left alone',
          ),
      })
      .nullable()
      .describe('How the mailbox was read again after a restore; null when it never was'),
    push: pushView
      .nullable()
      .describe('Null where the provider makes no calls, and before a new mailbox was looked at'),
    retirement: retirementView.nullable().describe('Null where no end is known'),
  })
  .meta({ id: 'Mailbox' })

export function toMailboxView(
  row: Selectable<MailboxTable>,
  found: {
    push: Parameters<typeof toPushView>[1]
    backlog: Backlog
    now: Date
    pausedBy: z.output<typeof personRef> | null
  },
  locale: Locale,
): z.output<typeof mailboxView> {
  return {
    name: row.name,
    state: row.state,
    trouble: row.trouble && {
      code: row.trouble.providerCode,
      since: row.trouble.since,
      message: describeMailError({ ...row.trouble, kind: row.trouble.kind as MailErrorKind })[locale],
      guideStep: guideStepOf(mendFor({ ...row.trouble, kind: row.trouble.kind as MailErrorKind })),
    },
    pausedBy: row.pausedAt && { at: row.pausedAt.toISOString(), person: found.pausedBy },
    sending: toSendingView(found.backlog, row.sendRetryAt),
    settings: row.settings,
    hasSecret: row.secrets !== null,
    credential: toCredentialView(row, found.now, locale),
    adminConsentUrl: adminConsentUrl(row.settings),
    startFrom: row.startFrom.toISOString(),
    lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
    readAgainAt: row.retryAt?.toISOString() ?? null,
    reattachment: row.reattachment && {
      since: row.reattachment.since,
      endedAt: row.reattachment.endedAt,
      unknownMails: row.reattachment.unknownTokens.length,
    },
    push: toPushView(row, found.push, locale),
    retirement: toRetirementView(row, locale, found.now),
  }
}
