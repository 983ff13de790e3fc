import type { Mailbox } from '../mailboxes.ts'
import { localTime } from './local-time.ts'
import { type MailboxValues, newMailboxValues } from './mailbox-values.ts'
import { storedApplication, storedSettings } from './stored-settings.ts'

export const MEGABYTE = 1024 * 1024

/** A stored mailbox in the form. Secrets never come out of the server, so their fields are empty. */
export function valuesOf(stored: Mailbox): MailboxValues {
  const settings = storedSettings(stored)
  const application = storedApplication(settings)
  const fresh = newMailboxValues(settings.timeZone)
  return {
    name: stored.name,
    mailbox: {
      type: settings.type,
      host: settings.host ?? '',
      imap: settings.imap ?? fresh.mailbox.imap,
      smtp: settings.smtp ?? fresh.mailbox.smtp,
      defaultReplyTo: settings.defaultReplyTo,
      user: settings.user,
      displayName: settings.displayName,
      signInName: settings.signInName === settings.user ? '' : (settings.signInName ?? ''),
      password: '',
      extraCa: settings.extraCa ?? '',
      saveSent: settings.saveSent ?? true,
      trustInternalMark: settings.trustInternalMark ?? false,
    },
    signsInBy: application === null ? 'password' : 'application',
    oauth: {
      clientId: application?.clientId ?? '',
      clientSecret: '',
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
