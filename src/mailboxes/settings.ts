/**
 * Settings of the Remote Approval tab (DESIGN section 2): what an administrator gives, checked and put in order. The
 * secret is taken out before anything is stored.
 */
import { z } from 'zod'
import { AppError, type FieldProblem } from '../lib/app-error.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { MailError } from '../mail/errors.ts'
import { checkTokenEndpoint } from '../oauth/check-token-endpoint.ts'
import { splitScope } from '../oauth/split-scope.ts'
import { describeMailError } from './describe-mail-error.ts'

const MEGABYTE = 1024 * 1024
/** As the store counts it: its MIME, a third more, can just be parsed. Exchange Online takes 150 MB where it is told to. */
const LARGEST_MESSAGE = 45 * MEGABYTE

const address = z.email().max(254)

/** The form, as the API and the settings file have it. Names follow the tab's fields. */
export const mailboxForm = z.strictObject({
  mailbox: z.strictObject({
    type: z.enum(['exchange-online-ews']),
    /** `outlook.office365.com` or an own domain; a port may follow. */
    host: z
      .string()
      .trim()
      .regex(/^[a-z0-9.-]+(:\d{1,5})?$/i)
      .refine((host) => URL.canParse(`https://${host}/`), 'not a host name with an optional port')
      .max(260)
      .default('outlook.office365.com'),
    security: z.enum(['ssl']).default('ssl'),
    /** PEM of a certification authority beside the system's own ones. */
    extraCa: z.string().max(100_000).nullable().default(null),
    defaultReplyTo: address,
    user: address,
    /** What recipients see beside the address. */
    displayName: z.string().trim().max(100).default('Approvals'),
  }),
  oauth: z.strictObject({
    clientId: z.string().trim().min(1).max(200),
    /** Left out on a change: the stored one stays. */
    clientSecret: z.string().min(1).max(2_000).optional(),
    clientSecretExpiresOn: z.iso.date().nullable().default(null),
    /** The seed's value with `&grant_type=client_credentials` is accepted and stored without it. */
    scope: z.string().trim().min(1).max(1_000),
    tokenEndpoint: z.string().trim().min(1).max(1_000),
  }),
  remoteApproval: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Mail received before this is never acted on; now, when left out. */
      startFrom: z.iso.datetime({ offset: true }).nullable().default(null),
      pollIntervalSeconds: z.int().min(5).max(3_600).default(60),
      settleMode: z.enum(['move', 'mark-read', 'delete']).default('move'),
      watchJunk: z.boolean().default(true),
      sendConfirmations: z.boolean().default(false),
      /** Whether the mailbox takes `local+tag@domain` (an organisation may have switched it off). */
      plusAddressing: z.boolean().default(true),
      /** Messages are erased so many days after they came in, once their action is closed; kept for ever without. */
      keepMessagesDays: z.int().min(1).max(36_500).nullable().default(null),
      /** A larger message is not fetched; its assignee is asked to answer without attachments. */
      maxMessageBytes: z
        .int()
        .min(MEGABYTE)
        .max(LARGEST_MESSAGE)
        .default(40 * MEGABYTE),
      /** Test mode: every mail goes to this address instead. */
      redirectAllTo: address.nullable().default(null),
      /** Instance prefix: tells a copy of the installation from the original. */
      instance: z
        .string()
        .regex(/^[a-z0-9.-]{1,30}$/i)
        .default('countersign'),
      timeZone: z.string().refine(isTimeZone, 'not a time zone').default('UTC'),
    })
    .prefault({}),
})

export type MailboxForm = z.infer<typeof mailboxForm>

export interface CheckedForm {
  settings: MailboxSettings
  /** Null on a change that keeps the stored one. */
  clientSecret: string | null
  enabled: boolean
  startFrom: Date | null
  /** What was put right silently, to be told: `grant-type-removed`. */
  notes: string[]
}

/** Checks the form. Throws `invalid-settings` with a problem per field. */
export function checkMailboxForm(form: MailboxForm): CheckedForm {
  const problems: FieldProblem[] = []
  const scope = attempt('oauth.scope', problems, () => splitScope(form.oauth.scope))
  const tokenEndpoint = attempt('oauth.tokenEndpoint', problems, () =>
    checkTokenEndpoint(form.oauth.tokenEndpoint),
  )
  if (scope === null || tokenEndpoint === null) throw new AppError('invalid-settings', {}, { problems })

  const { clientSecret, ...oauth } = form.oauth
  const { enabled, startFrom, ...remoteApproval } = form.remoteApproval
  return {
    settings: { ...form.mailbox, ...oauth, scope: scope.scope, tokenEndpoint, ...remoteApproval },
    clientSecret: clientSecret ?? null,
    enabled,
    startFrom: startFrom === null ? null : new Date(startFrom),
    notes: scope.note === null ? [] : [scope.note],
  }
}

/** What the check returns, or null with the problem noted at its field. */
function attempt<T>(path: string, problems: FieldProblem[], check: () => T): T | null {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    problems.push({ path, message: describeMailError(error) })
    return null
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
