import { createHttpClient } from '../../src/lib/http-client.ts'
import { createLog } from '../../src/lib/log.ts'
import { openEwsMailbox } from '../../src/mail/ews/ews-mailbox.ts'
import { createTokenSource } from '../../src/oauth/token-source.ts'
import type { MailboxAdapter } from './mailbox-contract.ts'

export const ewsAdapter: MailboxAdapter = {
  open(tenant, options) {
    const log = createLog('silent')
    const http = createHttpClient({ extraCa: options.caPem })
    const tokens = createTokenSource(
      {
        tokenEndpoint: tenant.tokenEndpoint,
        clientId: tenant.clientId,
        clientSecret: options.clientSecret,
        scope: 'https://outlook.office365.com/.default',
      },
      { http, clock: () => new Date(), log },
    )
    const mailbox = openEwsMailbox(
      { ...options, security: 'ssl', processedFolder: 'Processed', maxMessageBytes: 40 * 1024 * 1024 },
      { tokens, http, log },
    )
    return {
      ...mailbox,
      async close() {
        await mailbox.close()
        await http.close()
      },
    }
  },
  operations: { content: 'GetItem', send: 'CreateItem' },
}
