import type { MailboxType } from '../mailboxes.ts'
import type { CertificateFile } from './read-certificate-file.ts'

/** What stands in the form's fields, grouped as the API groups it, so that its problems find their fields by path. */
export interface MailboxValues {
  name: string
  mailbox: {
    type: MailboxType
    host: string
    imap: MailServerValues
    smtp: MailServerValues
    defaultReplyTo: string
    user: string
    displayName: string
    signInName: string
    password: string
    extraCa: string
    saveSent: boolean
    trustInternalMark: boolean
  }
  /** How a mailbox of type `imap-smtp` is signed in to; of the others, the type says it. */
  signsInBy: 'application' | 'password'
  /** What the application proves itself by. */
  provesBy: 'client-secret' | 'certificate'
  oauth: {
    clientId: string
    clientSecret: string
    /** PEM that was pasted; empty beside a file. */
    certificate: string
    certificateFile: CertificateFile | null
    certificatePassword: string
    clientSecretExpiresOn: string
    scope: string
    tokenEndpoint: string
  }
  remoteApproval: {
    enabled: boolean
    /** As a date field has it (`2026-12-31T14:30`), in the reader's time zone. */
    startFrom: string
    pollIntervalSeconds: number | string
    settleMode: 'move' | 'mark-read' | 'delete'
    watchJunk: boolean
    sendConfirmations: boolean
    messagesPerMinute: number | string
    recipientsPerDay: number | string
    plusAddressing: boolean
    probeAddress: string
    keepMessagesDays: number | string
    maxMessageMegabytes: number | string
    redirectAllTo: string
    instance: string
    timeZone: string
  }
}

export interface MailServerValues {
  host: string
  security: 'ssl' | 'starttls'
  port: number | string
}

/** A new mailbox: what the server would take for what is left out, and Microsoft Graph, because the other type ends. */
export function newMailboxValues(timeZone: string): MailboxValues {
  return {
    name: '',
    mailbox: {
      type: 'exchange-online-graph',
      host: 'graph.microsoft.com',
      imap: { host: '', security: 'ssl', port: 993 },
      smtp: { host: '', security: 'starttls', port: 587 },
      defaultReplyTo: '',
      user: '',
      displayName: 'Approvals',
      signInName: '',
      password: '',
      extraCa: '',
      saveSent: true,
      trustInternalMark: false,
    },
    signsInBy: 'password',
    provesBy: 'client-secret',
    oauth: {
      clientId: '',
      clientSecret: '',
      certificate: '',
      certificateFile: null,
      certificatePassword: '',
      clientSecretExpiresOn: '',
      scope: 'https://graph.microsoft.com/.default',
      tokenEndpoint: '',
    },
    remoteApproval: {
      enabled: true,
      startFrom: '',
      pollIntervalSeconds: 60,
      settleMode: 'move',
      watchJunk: true,
      sendConfirmations: false,
      messagesPerMinute: 25,
      recipientsPerDay: 10_000,
      plusAddressing: true,
      probeAddress: '',
      keepMessagesDays: '',
      maxMessageMegabytes: 40,
      redirectAllTo: '',
      instance: 'countersign',
      timeZone,
    },
  }
}

/** Whether an application of Entra ID opens this mailbox. */
export function hasApplication({
  mailbox,
  signsInBy,
}: Pick<MailboxValues, 'mailbox' | 'signsInBy'>): boolean {
  if (mailbox.type === 'imap-smtp') return signsInBy === 'application'
  return mailbox.type !== 'exchange-server-ews'
}
