import { type MailboxValues, newMailboxValues } from './mailbox-values.ts'
import { usualOf } from './presets.ts'

/** Types that the setup guide leads to. */
const types = ['exchange-online-graph', 'exchange-online-ews', 'imap-smtp'] as const

/** What the setup guide has been told already; it stands in the address, and no secret does. */
export interface Prefill {
  type?: (typeof types)[number]
  user?: string
  clientId?: string
  tenant?: string
}

export function prefillIn({ type, user, clientId, tenant }: Record<string, unknown>): Prefill {
  const wanted = {
    type: types.find((one) => one === type),
    user: textOf(user, 254),
    clientId: textOf(clientId, 200),
    tenant: textOf(tenant, 253),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

function textOf(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length <= longest ? value : undefined
}

/** A new mailbox with what is known of it. */
export function prefilledValues(prefill: Prefill, timeZone: string): MailboxValues {
  const { mailbox, oauth, ...rest } = newMailboxValues(timeZone)
  const { type = 'exchange-online-graph', user = '', clientId = '', tenant } = prefill
  const server = { host: usualOf(type).host, security: 'ssl' as const, port: 993 }
  const smtp = { host: 'smtp.office365.com', security: 'starttls' as const, port: 587 }
  return {
    ...rest,
    mailbox: {
      ...mailbox,
      type,
      host: usualOf(type).host,
      ...(type === 'imap-smtp' ? { imap: server, smtp, saveSent: false } : {}),
      user,
      defaultReplyTo: user,
    },
    signsInBy: prefill.type === undefined ? rest.signsInBy : 'application',
    oauth: {
      ...oauth,
      clientId,
      scope: usualOf(type).scope,
      tokenEndpoint: tenant ? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` : '',
    },
  }
}
