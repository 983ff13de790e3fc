import { isDate } from '../../../parts/date-input/written-date.ts'
import type { Mailbox, MailboxBody } from '../mailboxes.ts'
import { hasApplication, type MailboxValues, type MailServerValues } from './mailbox-values.ts'
import { MEGABYTE, valuesOf } from './values-of.ts'

/**
 * What the form says, as the API takes it. Of a stored mailbox what the form does not show stays as it is, and so do
 * secrets whose fields are empty. Numbers and times that are none are sent as they are typed: the server says what is wrong with them.
 */
export function bodyOf(values: MailboxValues, stored: Mailbox | null): MailboxBody {
  const { mailbox, oauth, remoteApproval } = values
  const before = stored?.settings ?? null
  const { startFrom, maxMessageMegabytes, ...rest } = remoteApproval
  const isStartKept = stored !== null && startFrom === valuesOf(stored).remoteApproval.startFrom
  return {
    mailbox: mailboxBody(values, before),
    ...(hasApplication({ mailbox, signsInBy: values.signsInBy })
      ? { oauth: oauthBody(oauth, values.provesBy) }
      : {}),
    remoteApproval: {
      ...rest,
      startFrom: startFrom === '' || isStartKept ? null : momentOf(startFrom),
      pollIntervalSeconds: asNumber(rest.pollIntervalSeconds),
      messagesPerMinute: asNumber(rest.messagesPerMinute),
      recipientsPerDay: asNumber(rest.recipientsPerDay),
      probeAddress: rest.probeAddress.trim() || null,
      keepMessagesDays: rest.keepMessagesDays === '' ? null : asNumber(rest.keepMessagesDays),
      maxMessageBytes: Math.round(asNumber(maxMessageMegabytes) * MEGABYTE),
      redirectAllTo: rest.redirectAllTo.trim() || null,
    },
  }
}

function mailboxBody(values: MailboxValues, before: Mailbox['settings'] | null): MailboxBody['mailbox'] {
  const { mailbox, signsInBy } = values
  const common = {
    extraCa: mailbox.extraCa.trim() || null,
    defaultReplyTo: mailbox.defaultReplyTo.trim(),
    user: mailbox.user.trim(),
    displayName: mailbox.displayName,
    ...(before === null ? {} : { userAgent: before.userAgent }),
  }
  const signIn = {
    ...(mailbox.signInName.trim() === '' ? {} : { signInName: mailbox.signInName }),
    ...(mailbox.password === '' ? {} : { password: mailbox.password }),
  }
  switch (mailbox.type) {
    case 'exchange-online-graph':
    case 'exchange-online-ews': {
      const host = mailbox.host.trim()
      // Another host may be in another cloud, which the server then finds by it.
      const isSameHost = before !== null && 'clientId' in before && before.host === host
      return {
        ...common,
        type: mailbox.type,
        ...(host === '' ? {} : { host }),
        ...(isSameHost ? { cloud: before.cloud } : {}),
      }
    }
    case 'exchange-server-ews':
      return {
        ...common,
        ...signIn,
        type: mailbox.type,
        host: mailbox.host.trim(),
        trustInternalMark: mailbox.trustInternalMark,
      }
    case 'imap-smtp':
      return {
        ...common,
        ...(signsInBy === 'password' ? signIn : {}),
        type: mailbox.type,
        imap: serverBody(mailbox.imap),
        smtp: serverBody(mailbox.smtp),
        saveSent: mailbox.saveSent,
        ...(before?.type === 'imap-smtp' && before.cloud && before.imap.host === mailbox.imap.host
          ? { cloud: before.cloud }
          : {}),
      }
  }
}

function serverBody({ host, security, port }: MailServerValues) {
  return { host: host.trim(), security, ...(port === '' ? {} : { port: asNumber(port) }) }
}

function oauthBody(
  oauth: MailboxValues['oauth'],
  provesBy: MailboxValues['provesBy'],
): NonNullable<MailboxBody['oauth']> {
  const { clientId, clientSecretExpiresOn, scope, tokenEndpoint } = oauth
  const uri = tokenEndpoint.trim()
  return {
    clientId: clientId.trim(),
    ...(provesBy === 'certificate'
      ? certificateBody(oauth)
      : { ...secretBody(oauth), clientSecretExpiresOn: clientSecretExpiresOn || null }),
    ...(scope.trim() === '' ? {} : { scope: scope.trim() }),
    ...(uri === '' ? {} : { tokenEndpoint: uri }),
  }
}

function secretBody({ clientSecret }: MailboxValues['oauth']) {
  return clientSecret.trim() === '' ? {} : { clientSecret: clientSecret.trim() }
}

function certificateBody({ certificate, certificateFile, certificatePassword }: MailboxValues['oauth']) {
  const password = certificatePassword === '' ? {} : { password: certificatePassword }
  if (certificateFile !== null) {
    const { kind, content } = certificateFile
    return { certificate: kind === 'pem' ? { pem: content, ...password } : { pfx: content, ...password } }
  }
  return certificate.trim() === '' ? {} : { certificate: { pem: certificate, ...password } }
}

/** An empty field is no zero; the server is told that nothing usable was entered. */
function asNumber(typed: number | string): number {
  return typed === '' ? Number.NaN : Number(typed)
}

function momentOf(localTime: string): string {
  return isDate(localTime, 'minute') ? new Date(localTime).toISOString() : localTime
}
