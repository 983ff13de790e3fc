import type { TFunction } from 'i18next'

/** Fields by their path in the API and in the form; their labels stand under `field` in the catalogue. */
export const fieldPaths = [
  'mailbox.type',
  'mailbox.host',
  'mailbox.security',
  'mailbox.imap.host',
  'mailbox.imap.security',
  'mailbox.imap.port',
  'mailbox.smtp.host',
  'mailbox.smtp.security',
  'mailbox.smtp.port',
  'mailbox.defaultReplyTo',
  'mailbox.user',
  'mailbox.displayName',
  'mailbox.signInName',
  'mailbox.password',
  'mailbox.extraCa',
  'mailbox.saveSent',
  'mailbox.trustInternalMark',
  'oauth.clientId',
  'oauth.clientSecret',
  'oauth.clientSecretExpiresOn',
  'oauth.certificate',
  'oauth.certificatePassword',
  'oauth.scope',
  'oauth.tokenEndpoint',
  'remoteApproval.enabled',
  'remoteApproval.startFrom',
  'remoteApproval.pollIntervalSeconds',
  'remoteApproval.settleMode',
  'remoteApproval.watchJunk',
  'remoteApproval.sendConfirmations',
  'remoteApproval.messagesPerMinute',
  'remoteApproval.recipientsPerDay',
  'remoteApproval.plusAddressing',
  'remoteApproval.probeAddress',
  'remoteApproval.keepMessagesDays',
  'remoteApproval.maxMessageMegabytes',
  'remoteApproval.redirectAllTo',
  'remoteApproval.instance',
  'remoteApproval.timeZone',
] as const

export type FieldPath = (typeof fieldPaths)[number]

/** Where a field of the API is shown, if under another path. */
const shownAs: Record<string, FieldPath> = {
  'oauth.tenant': 'oauth.tokenEndpoint',
  'oauth.certificate.pem': 'oauth.certificate',
  'oauth.certificate.pfx': 'oauth.certificate',
  'oauth.certificate.password': 'oauth.certificatePassword',
  'mailbox.imap': 'mailbox.imap.host',
  'mailbox.smtp': 'mailbox.smtp.host',
  'remoteApproval.maxMessageBytes': 'remoteApproval.maxMessageMegabytes',
}

/** The field that a problem of the API is shown at; null for what has none. */
export function fieldOf(path: string): FieldPath | 'name' | null {
  if (path === 'name') return path
  return fieldPaths.find((one) => one === path) ?? shownAs[path] ?? null
}

/** A text of the server, with the labels of the form in place of the settings' names. */
export function inFormWords(text: string, t: TFunction<'remote-approval'>): string {
  // The longest first: one name may begin like another.
  const names = [...fieldPaths, ...Object.keys(shownAs)].sort((one, other) => other.length - one.length)
  return names.reduce((said, name) => {
    const field = fieldOf(name)
    if (field === null || field === 'name' || !said.includes(name)) return said
    return said.replaceAll(name, () => t('quoted', { text: t(`field.${field}`) }))
  }, text)
}
