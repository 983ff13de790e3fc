import { applicationOf } from '../application-of.ts'
import type { Mailbox } from '../mailboxes.ts'
import { localTime } from './local-time.ts'
import { type MailboxValues, newMailboxValues } from './mailbox-values.ts'

export const MEGABYTE = 1024 * 1024

/** A stored mailbox in the form. Secrets never come out of the server, so their fields are empty. */
export function valuesOf(stored: Mailbox): MailboxValues {
  const { settings } = stored
  const application = applicationOf(settings)
  const fresh = newMailboxValues(settings.timeZone)
  const signInName =
    'signInName' in settings && settings.signInName !== settings.user ? settings.signInName : ''
  return {
    name: stored.name,
    mailbox: {
      type: settings.type,
      host: 'host' in settings ? settings.host : '',
      imap: 'imap' in settings ? settings.imap : fresh.mailbox.imap,
      smtp: 'smtp' in settings ? settings.smtp : fresh.mailbox.smtp,
      defaultReplyTo: settings.defaultReplyTo,
      user: settings.user,
      displayName: settings.displayName,
      signInName,
      password: '',
      extraCa: settings.extraCa ?? '',
      saveSent: 'saveSent' in settings ? settings.saveSent : fresh.mailbox.saveSent,
      trustInternalMark: 'trustInternalMark' in settings && settings.trustInternalMark,
    },
    signsInBy: application === null ? 'password' : 'application',
    provesBy: application?.certificate ? 'certificate' : 'client-secret',
    oauth: {
      ...fresh.oauth,
      clientId: application?.clientId ?? '',
      clientSecretExpiresOn: application?.clientSecretExpiresOn ?? '',
      scope: application?.scope ?? '',
      tokenEndpoint: application?.tokenEndpoint ?? '',
    },
    remoteApproval: {
      enabled: stored.state !== 'disabled',
      startFrom: localTime(new Date(stored.startFrom)),
      pollIntervalSeconds: settings.pollIntervalSeconds,
      settleMode: settings.settleMode,
      watchJunk: settings.watchJunk,
      sendConfirmations: settings.sendConfirmations,
      messagesPerMinute: settings.messagesPerMinute,
      recipientsPerDay: settings.recipientsPerDay,
      plusAddressing: settings.plusAddressing,
      probeAddress: settings.probeAddress ?? '',
      keepMessagesDays: settings.keepMessagesDays ?? '',
      maxMessageMegabytes: settings.maxMessageBytes / MEGABYTE,
      redirectAllTo: settings.redirectAllTo ?? '',
      instance: settings.instance,
      timeZone: settings.timeZone,
    },
  }
}
