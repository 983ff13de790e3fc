/** The mailbox types there are: what is between the port and a provider, put together for one mailbox. */
import { systemClock } from './lib/clock.ts'
import { createHttpClient, type HttpClient } from './lib/http-client.ts'
import type { Log } from './lib/log.ts'
import type {
  ExchangeOnlineSettings,
  ExchangeServerSettings,
  ImapSmtpSettings,
  MailboxSettings,
  OAuthSettings,
} from './lib/mailbox-settings.ts'
import type { ProxySettings } from './lib/proxy-settings.ts'
import {
  type EwsSettings,
  connectionsPerMailbox as ewsConnections,
  openEwsMailbox,
} from './mail/ews/ews-mailbox.ts'
import {
  type GraphSettings,
  connectionsPerMailbox as graphConnections,
  openGraphMailbox,
} from './mail/graph/graph-mailbox.ts'
import { openImapMailbox } from './mail/imap/imap-mailbox.ts'
import type { Mailbox } from './mail/mailbox.ts'
import { createTokenSource, type TokenSource } from './oauth/token-source.ts'

/** Into which folder below Inbox settled messages are moved. */
const processedFolder = 'Processed'

interface AdapterParts {
  log: Log
  /** The organisation's. */
  proxy?: ProxySettings | null
}

/** Opens a mailbox with its client secret, certificate or password. Throws `MailError` (`invalid`) for settings that cannot be. */
export function openAdapter(settings: MailboxSettings, secret: string, parts: AdapterParts): Mailbox {
  const { log } = parts
  switch (settings.type) {
    case 'exchange-online-graph':
      return openOverHttp(settings, graphConnections, parts, (own, http) =>
        openGraphMailbox(own, { tokens: tokensFor(settings, secret, http, log), http, log }),
      )
    case 'exchange-online-ews':
      return openOverHttp(settings, ewsConnections, parts, (own, http) =>
        openEwsMailbox(own, { credential: { tokens: tokensFor(settings, secret, http, log) }, http, log }),
      )
    case 'exchange-server-ews':
      return openOverHttp(settings, ewsConnections, parts, (own, http) =>
        openEwsMailbox(own, { credential: { signInName: settings.signInName, password: secret }, http, log }),
      )
    case 'imap-smtp':
      return openImapSmtp(settings, secret, parts)
  }
}

function openOverHttp(
  settings: ExchangeOnlineSettings | ExchangeServerSettings,
  connections: number,
  { proxy = null }: AdapterParts,
  open: (own: GraphSettings & EwsSettings, http: HttpClient) => Mailbox,
): Mailbox {
  const { host, security, user, watchJunk, maxMessageBytes, extraCa, userAgent } = settings
  const http = createHttpClient({ extraCa, connections, userAgent, proxy })
  const own = { host, security, address: user, processedFolder, watchJunk, maxMessageBytes }
  return closingToo(open(own, http), () => http.close())
}

function tokensFor(app: OAuthSettings, secret: string, http: HttpClient, log: Log): TokenSource {
  const credential = app.certificate === null ? { clientSecret: secret } : { certificate: secret }
  return createTokenSource({ ...app, credential }, { http, clock: systemClock, log })
}

function openImapSmtp(
  settings: ImapSmtpSettings,
  secret: string,
  { log, proxy = null }: AdapterParts,
): Mailbox {
  const { user, signInName, extraCa, userAgent, oauth, ...rest } = settings
  const own = { ...rest, address: user, extraCa, userAgent, proxy, processedFolder }
  if (oauth === null)
    return openImapMailbox({ ...own, user: signInName }, { credential: { password: secret }, log })
  const http = createHttpClient({ extraCa, userAgent, proxy })
  const credential = { tokens: tokensFor(oauth, secret, http, log) }
  // A token opens the mailbox that is named beside it.
  return closingToo(openImapMailbox({ ...own, user }, { credential, log }), () => http.close())
}

/** The mailbox, which takes what was made for it along when it is closed. */
function closingToo(mailbox: Mailbox, close: () => Promise<void>): Mailbox {
  return {
    ...mailbox,
    async close() {
      await mailbox.close()
      await close()
    },
  }
}
