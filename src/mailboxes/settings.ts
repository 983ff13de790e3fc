/** Settings of the Remote Approval tab (DESIGN section 2), as an administrator gives them. */
import { z } from 'zod'
import { cloudNames } from '../lib/clouds.ts'
import { isTimeZone } from '../lib/is-time-zone.ts'
import type { ExchangeOnlineSettings, MailServer } from '../lib/mailbox-settings.ts'

const MEGABYTE = 1024 * 1024
/** As the store counts it: its MIME, a third more, can just be parsed. Exchange Online takes 150 MB where it is told to. */
const LARGEST_MESSAGE = 45 * MEGABYTE
/** An own server sets no such limits. */
const MOST_PER_MINUTE = 100_000
const MOST_PER_DAY = 1_000_000

const address = z.email().max(254)

/** What is said of a value that a check refuses: a key below `errors:field`. */
const expected = (text: 'host' | 'time-zone' | 'pem-or-pfx') => ({ params: { expected: text } })

/** A host name, no URL. */
const hostName = z
  .string()
  .trim()
  .max(253)
  .refine((host) => /^[a-z0-9.-]+$/i.test(host), expected('host'))

/** A host name, with a port or without. */
export const hostWithPort = z
  .string()
  .trim()
  .max(260)
  .refine(
    (host) => /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}/`),
    expected('host'),
  )

const cloud = z
  .enum(cloudNames)
  .optional()
  .describe('Which of Microsoft’s clouds; that of the host, when left out')

/** A name as servers take it beside a password: RFC 7617 knows no colon and no control character in it. */
const signInName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}:]+$/u)
  .max(254)
  .optional()
  .describe('Who signs in with the password: `DOMAIN\\user`, a user principal name …; `user`, when left out')

const password = z
  .string()
  .regex(/^\P{Cc}+$/u)
  .max(2_000)
  .optional()
  .describe('Left out on a change, the stored one stays')

/** What every type has. */
const account = z.strictObject({
  /** PEM of a certification authority beside the system's own ones. */
  extraCa: z.string().max(100_000).nullable().default(null),
  defaultReplyTo: address,
  user: address,
  /** What recipients see beside the address. */
  displayName: z.string().trim().max(100).default('Approvals'),
  /** Without the version, so that a policy which names it outlives an update. */
  userAgent: z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]+$/)
    .max(100)
    .default('Countersign/1')
    .describe('What we call ourselves in front of the provider'),
})

const exchangeOnline = (type: ExchangeOnlineSettings['type']) =>
  account.extend({
    type: z.literal(type),
    cloud,
    host: hostWithPort
      .optional()
      .describe('That of the cloud, when left out; or an own domain; a port may follow'),
    security: z.enum(['ssl']).default('ssl'),
  })

const exchangeServer = account.extend({
  type: z.literal('exchange-server-ews'),
  host: hostWithPort.describe('A port may follow'),
  security: z.enum(['ssl']).default('ssl'),
  signInName,
  password,
  trustInternalMark: z
    .boolean()
    .default(false)
    .describe(
      'Whether its mark that a message is internal is believed; only where no receive connector that is declared secured takes mail from outside',
    ),
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
  cloud,
  imap: mailServer({ ssl: 993, starttls: 143 }).optional().describe('That of the cloud, when left out'),
  smtp: mailServer({ ssl: 465, starttls: 587 }).optional().describe('That of the cloud, when left out'),
  signInName,
  /** Without `oauth` this is how we sign in. */
  password,
  saveSent: z
    .boolean()
    .optional()
    .describe(
      'Put a copy of what was sent into Sent; when left out, that is done where the server is not Exchange Online, which does so itself',
    ),
})

/** Four certificates of 8192 bits and their key. */
const LONGEST_CERTIFICATE = 65_536

const certificate = z
  .strictObject({
    pem: z.string().max(LONGEST_CERTIFICATE).optional().describe('The certificate and its private key'),
    pfx: z
      .base64()
      .max(LONGEST_CERTIFICATE)
      .optional()
      .describe('A PFX file (PKCS #12) in base64, in place of `pem`'),
    password: z.string().max(1_000).optional().describe('Of the private key or of the PFX file'),
  })
  .refine(({ pem, pfx }) => (pem === undefined) !== (pfx === undefined), expected('pem-or-pfx'))

export type CertificateForm = z.infer<typeof certificate>

const oauth = z.strictObject({
  clientId: z.string().trim().min(1).max(200),
  /** Left out on a change: the stored one stays. */
  clientSecret: z.string().min(1).max(2_000).optional(),
  clientSecretExpiresOn: z.iso.date().nullable().default(null),
  certificate: certificate
    .optional()
    .describe('In place of `clientSecret`, with its private key; left out on a change, the stored one stays'),
  /** The seed's value with `&grant_type=client_credentials` is accepted and stored without it. */
  scope: z.string().trim().min(1).max(1_000).optional().describe('That of the type, when left out'),
  tokenEndpoint: z.string().trim().min(1).max(1_000).optional(),
  tenant: z
    .string()
    .trim()
    // Braces are told apart later: who has left the guide's placeholder in is to be told so.
    .regex(/^[\w.{}-]+$/)
    .max(253)
    .optional()
    .describe('Directory (tenant) ID or a verified domain, in place of `tokenEndpoint`'),
})

/** The form, as the API and the settings file have it. Names follow the tab's fields. */
export const mailboxForm = z.strictObject({
  mailbox: z.discriminatedUnion('type', [
    exchangeOnline('exchange-online-graph'),
    exchangeOnline('exchange-online-ews'),
    exchangeServer,
    imapSmtp,
  ]),
  oauth: oauth
    .optional()
    .describe(
      'For `exchange-online-graph` and `exchange-online-ews`; for `imap-smtp` in place of a password',
    ),
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
      messagesPerMinute: z
        .int()
        .min(1)
        .max(MOST_PER_MINUTE)
        .default(25)
        .describe('Sending budget, in any 60 seconds; Exchange Online takes 30'),
      recipientsPerDay: z
        .int()
        .min(1)
        .max(MOST_PER_DAY)
        .default(10_000)
        .describe('Sending budget, in any 24 hours; Exchange Online takes 10,000'),
      /** Whether the mailbox takes `local+tag@domain` (an organisation may have switched it off). */
      plusAddressing: z.boolean().default(true),
      /** The doctor sees whether the application opens this one too. */
      probeAddress: address
        .nullable()
        .default(null)
        .describe('Address of a mailbox that must not be readable; the check of the mailbox tries'),
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
        .toLowerCase()
        .default('countersign'),
      timeZone: z.string().refine(isTimeZone, expected('time-zone')).default('UTC'),
    })
    .prefault({}),
})

export type MailboxForm = z.infer<typeof mailboxForm>
