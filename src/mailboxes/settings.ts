/**
 * Settings of the Remote Approval tab (DESIGN section 2): what an administrator gives, checked and put in order. The
 * secret is taken out before anything is stored.
 */
import { z } from 'zod'
import { AppError, type FieldProblem } from '../lib/app-error.ts'
import type {
  ExchangeOnlineSettings,
  MailboxSettings,
  MailServer,
  OAuthSettings,
} from '../lib/mailbox-settings.ts'
import { inBothLanguages } from '../lib/translate.ts'
import { MailError } from '../mail/errors.ts'
import { checkTokenEndpoint } from '../oauth/check-token-endpoint.ts'
import { splitScope } from '../oauth/split-scope.ts'
import { describeMailError } from './describe-mail-error.ts'

const MEGABYTE = 1024 * 1024
/** As the store counts it: its MIME, a third more, can just be parsed. Exchange Online takes 150 MB where it is told to. */
const LARGEST_MESSAGE = 45 * MEGABYTE

const address = z.email().max(254)

/** A host name, no URL. */
const hostName = z
  .string()
  .trim()
  .regex(/^[a-z0-9.-]+$/i)
  .max(253)

const hostWithPort = z
  .string()
  .trim()
  .regex(/^[a-z0-9.-]+(:\d{1,5})?$/i)
  .refine((host) => URL.canParse(`https://${host}/`), 'not a host name with an optional port')
  .max(260)

/** What every type has. */
const account = z.strictObject({
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: z.string().max(100_000).nullable().default(null),
  defaultReplyTo: address,
  user: address,
  /** What recipients see beside the address. */
  displayName: z.string().trim().max(100).default('Approvals'),
})

const exchangeOnline = (type: ExchangeOnlineSettings['type'], host: string) =>
  account.extend({
    type: z.literal(type),
    host: hostWithPort.default(host).describe('Or an own domain; a port may follow'),
    security: z.enum(['ssl']).default('ssl'),
  })

/** With the port of each security that the protocol has registered (RFC 8314). */
const mailServer = (ports: Record<MailServer['security'], number>) =>
  z
    .strictObject({
      host: hostName,
      security: z.enum(['ssl', 'starttls']).default('ssl'),
      port: z.int().min(1).max(65_535).optional().describe('The usual one of the security, when left out'),
    })
    .transform((server): MailServer => ({ ...server, port: server.port ?? ports[server.security] }))

const imapSmtp = account.extend({
  type: z.literal('imap-smtp'),
  imap: mailServer({ ssl: 993, starttls: 143 }),
  smtp: mailServer({ ssl: 465, starttls: 587 }),
  /** Left out on a change: the stored one stays. */
  password: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe('Without `oauth` this is how we sign in; left out on a change, the stored one stays'),
  saveSent: z
    .boolean()
    .default(true)
    .describe(
      'Put a copy of what was sent into Sent; `false` where the server does so itself, as Exchange does',
    ),
})

const oauth = z.strictObject({
  clientId: z.string().trim().min(1).max(200),
  /** Left out on a change: the stored one stays. */
  clientSecret: z.string().min(1).max(2_000).optional(),
  clientSecretExpiresOn: z.iso.date().nullable().default(null),
  /** The seed's value with `&grant_type=client_credentials` is accepted and stored without it. */
  scope: z.string().trim().min(1).max(1_000).optional().describe('That of the type, when left out'),
  tokenEndpoint: z.string().trim().min(1).max(1_000),
})

/** The form, as the API and the settings file have it. Names follow the tab's fields. */
export const mailboxForm = z.strictObject({
  mailbox: z.discriminatedUnion('type', [
    exchangeOnline('exchange-online-graph', 'graph.microsoft.com'),
    exchangeOnline('exchange-online-ews', 'outlook.office365.com'),
    imapSmtp,
  ]),
  oauth: oauth.optional().describe('Needed but for `imap-smtp` with a password'),
  remoteApproval: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Mail received before this is never acted on; now, when left out. */
      startFrom: z.iso.datetime({ offset: true }).nullable().default(null),
      pollIntervalSeconds: z.int().min(5).max(3_600).default(60),
      settleMode: z
        .enum(['move', 'mark-read', 'delete'])
        .default('move')
        .describe(
          'How a reply is put aside once it is stored: into Processed below Inbox, read where it lies, or into Deleted Items',
        ),
      watchJunk: z
        .boolean()
        .default(true)
        .describe('Whether replies are looked for in Junk Email too; there they are held at best'),
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
  secret: string | null
  enabled: boolean
  startFrom: Date | null
  /** What was put right silently, to be told: `grant-type-removed`. */
  notes: string[]
}

/** Checks the form. Throws `invalid-settings` with a problem per field. */
export function checkMailboxForm(form: MailboxForm): CheckedForm {
  const { enabled, startFrom, ...remoteApproval } = form.remoteApproval
  const rest = { enabled, startFrom: startFrom === null ? null : new Date(startFrom) }
  const app = form.oauth ? checkOAuth(form.oauth, defaultScopes[form.mailbox.type]) : null
  if (form.mailbox.type === 'imap-smtp') {
    const { password, ...account } = form.mailbox
    if (app !== null && password !== undefined) throw refused('mailbox.password', 'password-beside-oauth')
    const settings = { ...account, ...remoteApproval, oauth: app?.settings ?? null }
    return { ...rest, settings, secret: app ? app.secret : (password ?? null), notes: app?.notes ?? [] }
  }
  if (app === null) throw refused('oauth', 'oauth-missing')
  const settings = { ...form.mailbox, ...app.settings, ...remoteApproval }
  return { ...rest, settings, secret: app.secret, notes: app.notes }
}

/** What a token is asked for, to open a mailbox of this type. */
const defaultScopes: Record<MailboxSettings['type'], string> = {
  'exchange-online-graph': 'https://graph.microsoft.com/.default',
  'exchange-online-ews': 'https://outlook.office365.com/.default',
  'imap-smtp': 'https://outlook.office365.com/.default',
}

interface CheckedOAuth {
  settings: OAuthSettings
  secret: string | null
  notes: string[]
}

function checkOAuth(form: z.output<typeof oauth>, defaultScope: string): CheckedOAuth {
  const problems: FieldProblem[] = []
  const scope = attempt('oauth.scope', problems, () => splitScope(form.scope ?? defaultScope))
  const tokenEndpoint = attempt('oauth.tokenEndpoint', problems, () => checkTokenEndpoint(form.tokenEndpoint))
  if (scope === null || tokenEndpoint === null) throw new AppError('invalid-settings', {}, { problems })
  const { clientSecret, ...rest } = form
  return {
    settings: { ...rest, scope: scope.scope, tokenEndpoint },
    secret: clientSecret ?? null,
    notes: scope.note === null ? [] : [scope.note],
  }
}

/** The error for one field; `problem` is a key below `errors:problem`. */
export function refused(path: string, problem: string): AppError {
  const message = inBothLanguages(`errors:problem.${problem}`)
  return new AppError('invalid-settings', {}, { problems: [{ path, message }] })
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
