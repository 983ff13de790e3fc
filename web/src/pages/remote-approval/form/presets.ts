import type { MailboxType } from '../mailboxes.ts'

/** What Microsoft's worldwide cloud has for a type. */
const presets: Partial<Record<MailboxType, { host: string; scope: string }>> = {
  'exchange-online-graph': { host: 'graph.microsoft.com', scope: 'https://graph.microsoft.com/.default' },
  'exchange-online-ews': { host: 'outlook.office365.com', scope: 'https://outlook.office365.com/.default' },
  'imap-smtp': { host: 'outlook.office365.com', scope: 'https://outlook.office365.com/.default' },
}

/** Address and scope after a change of type: what was the usual of the old type becomes that of the new one. */
export function withType(
  { host, scope }: { host: string; scope: string },
  from: MailboxType,
  to: MailboxType,
): { host: string; scope: string } {
  const [old, usual] = [presets[from], presets[to]]
  return {
    host: host === '' || host === old?.host ? (usual?.host ?? '') : host,
    scope: scope === '' || scope === old?.scope ? (usual?.scope ?? '') : scope,
  }
}

/** Whether the scope is one for the other of Microsoft's two services: pasted from a guide for the other type. */
export function isOtherService(type: MailboxType, scope: string): boolean {
  if (type === 'exchange-online-graph') return /^https:\/\/outlook\.office(365)?\.com\//i.test(scope)
  return type === 'exchange-online-ews' && /^https:\/\/graph\.microsoft\.com\//i.test(scope)
}

/** Empty for a server of one’s own. */
export function usualOf(type: MailboxType): { host: string; scope: string } {
  return presets[type] ?? { host: '', scope: '' }
}
