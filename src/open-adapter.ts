/** The mailbox types there are: what is between the port and a provider, put together for one mailbox. */
import { systemClock } from './lib/clock.ts'
import { createHttpClient } from './lib/http-client.ts'
import type { Log } from './lib/log.ts'
import type { ExchangeOnlineSettings, ImapSmtpSettings, MailboxSettings } from './lib/mailbox-settings.ts'
import { connectionsPerMailbox as ewsConnections, openEwsMailbox } from './mail/ews/ews-mailbox.ts'
import { connectionsPerMailbox as graphConnections, openGraphMailbox } from './mail/graph/graph-mailbox.ts'
import { openImapMailbox } from './mail/imap/imap-mailbox.ts'
import type { Mailbox } from './mail/mailbox.ts'
import { createTokenSource } from './oauth/token-source.ts'

/** Into which folder below Inbox settled messages are moved. */
const processedFolder = 'Processed'

/** Opens a mailbox with its client secret or password. Throws `MailError` (`invalid`) for settings that cannot be. */
export function openAdapter(settings: MailboxSettings, secret: string, log: Log): Mailbox {
  switch (settings.type) {
    case 'exchange-online-graph':
      return openExchangeOnline(settings, secret, log, openGraphMailbox, graphConnections)
    case 'exchange-online-ews':
      return openExchangeOnline(settings, secret, log, openEwsMailbox, ewsConnections)
    case 'exchange-server-ews':
      throw new Error('exchange-server-ews is not there yet')
    case 'imap-smtp':
      return openImapSmtp(settings, secret, log)
  }
}

function openExchangeOnline(
  settings: ExchangeOnlineSettings,
  clientSecret: string,
  log: Log,
  open: typeof openGraphMailbox & typeof openEwsMailbox,
  connections: number,
): Mailbox {
  const { host, security, user, watchJunk, maxMessageBytes, extraCa } = settings
  const http = createHttpClient({ extraCa, connections })
  const tokens = createTokenSource({ ...settings, clientSecret }, { http, clock: systemClock, log })
  const own = { host, security, address: user, processedFolder, watchJunk, maxMessageBytes }
  const mailbox = open(own, { tokens, http, log })
  return closingToo(mailbox, () => http.close())
}

function openImapSmtp(settings: ImapSmtpSettings, secret: string, log: Log): Mailbox {
  const { imap, smtp, user, signInName, extraCa, watchJunk, saveSent, oauth, maxMessageBytes } = settings
  const own = {
    imap,
    smtp,
    // A token opens the mailbox that is named beside it.
    user: oauth === null ? signInName : user,
    address: user,
    extraCa,
    processedFolder,
    watchJunk,
    saveSent,
    maxMessageBytes,
  }
  if (oauth === null) return openImapMailbox(own, { credential: { password: secret }, log })
  const http = createHttpClient({ extraCa })
  const tokens = createTokenSource({ ...oauth, clientSecret: secret }, { http, clock: systemClock, log })
  return closingToo(openImapMailbox(own, { credential: { tokens }, log }), () => http.close())
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
