/** What is usual in each of Microsoft's clouds. All of it can be set otherwise. */
import { type Cloud, clouds, cloudsOf } from '../lib/clouds.ts'
import type { MailboxSettings, MailServer, OAuthSettings } from '../lib/mailbox-settings.ts'

interface Presets {
  graph: HostAndScope
  exchange: HostAndScope
  imap: MailServer
  smtp: MailServer
}

interface HostAndScope {
  host: string
  /** What a token is asked for, to be used there. */
  scope: string
}

export function presetsOf(cloud: Cloud): Presets {
  const { graph, exchange, smtp } = clouds[cloud]
  return {
    graph: withScope(graph[0]),
    exchange: withScope(exchange[0]),
    imap: { host: exchange[0], port: 993, security: 'ssl' },
    smtp: { host: smtp[0], port: 587, security: 'starttls' },
  }
}

function withScope(host: string): HostAndScope {
  return { host, scope: `https://${host}/.default` }
}

/** The access token URI of a tenant, which is named by its ID or by one of its verified domains. */
export function tokenEndpointOf(tenant: string, cloud: Cloud): string {
  return `https://${clouds[cloud].login[0]}/${tenant}/oauth2/v2.0/token`
}

/**
 * Whether hosts of the mailbox, or of what opens it, belong to a cloud that is not the mailbox's. Hosts that are not
 * Microsoft's may be anybody's.
 */
export function mixesClouds(settings: MailboxSettings): boolean {
  if (settings.type === 'exchange-server-ews' || settings.cloud === null) return false
  const { cloud } = settings
  const hosts =
    settings.type === 'imap-smtp'
      ? [settings.imap.host, settings.smtp.host, ...(settings.oauth ? hostsOf(settings.oauth) : [])]
      : [settings.host, ...hostsOf(settings)]
  return hosts.map(cloudsOf).some((known) => known.length > 0 && !known.includes(cloud))
}

function hostsOf({ tokenEndpoint, scope }: OAuthSettings): string[] {
  return [tokenEndpoint, scope].map((uri) => URL.parse(uri)?.host ?? '')
}
