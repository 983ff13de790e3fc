import { z } from 'zod'
import { cloudNames } from '../../../lib/clouds.ts'
import type { MailboxSettings } from '../../../lib/mailbox-settings.ts'
import { timestamp } from '../../common-schemas.ts'

const cloud = z.enum(cloudNames)

const certificate = z
  .object({
    subject: z.string(),
    thumbprintSha256: z.string(),
    thumbprintSha1: z.string().describe('The one that the Entra portal shows'),
    notBefore: timestamp,
    expiresAt: timestamp,
  })
  .meta({ id: 'CertificateFacts' })

const server = z
  .object({ host: z.string(), port: z.int(), security: z.enum(['ssl', 'starttls']) })
  .meta({ id: 'MailServer' })

/** What every type has. */
const common = z.object({
  extraCa: z.string().nullable().describe('PEM of a certification authority beside the system’s own ones'),
  defaultReplyTo: z.string(),
  user: z.string(),
  displayName: z.string(),
  userAgent: z.string(),
  pollIntervalSeconds: z.int(),
  settleMode: z.enum(['move', 'mark-read', 'delete']),
  watchJunk: z.boolean(),
  sendConfirmations: z.boolean(),
  messagesPerMinute: z.int(),
  recipientsPerDay: z.int(),
  plusAddressing: z.boolean(),
  probeAddress: z.string().nullable(),
  keepMessagesDays: z.int().nullable(),
  maxMessageBytes: z.int(),
  redirectAllTo: z.string().nullable(),
  instance: z.string(),
  timeZone: z.string(),
})

const application = z
  .object({
    clientId: z.string(),
    clientSecretExpiresOn: z.iso.date().nullable(),
    certificate: certificate.nullable().describe('Null for an application that proves itself by a secret'),
    scope: z.string(),
    tokenEndpoint: z.string(),
  })
  .meta({ id: 'MailboxApplication' })

const exchangeOnline = common.extend({
  ...application.shape,
  type: z.enum(['exchange-online-graph', 'exchange-online-ews']),
  cloud,
  host: z.string(),
  security: z.literal('ssl'),
})

const exchangeServer = common.extend({
  type: z.literal('exchange-server-ews'),
  host: z.string(),
  security: z.literal('ssl'),
  signInName: z.string(),
  trustInternalMark: z.boolean(),
})

const imapSmtp = common.extend({
  type: z.literal('imap-smtp'),
  cloud: cloud.nullable(),
  imap: server,
  smtp: server,
  saveSent: z.boolean(),
  signInName: z.string(),
  oauth: application.nullable().describe('Null for a mailbox that is signed in to with a password'),
})

/** The settings of a mailbox as they are stored; secrets go in by `saveMailbox` and are never among them. */
export const settingsView = z
  .discriminatedUnion('type', [exchangeOnline, exchangeServer, imapSmtp])
  .meta({ id: 'MailboxSettings' }) satisfies z.ZodType<MailboxSettings>
