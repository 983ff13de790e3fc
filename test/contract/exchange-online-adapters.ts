import { createLog } from '../../src/lib/log.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import type { MailboxAdapter } from './mailbox-contract.ts'
import type { Fault, SimulatedTenant } from './simulated-tenant.ts'

/** Opens a mailbox of the tenant as the product does, from what an administrator enters. */
function opener(type: 'exchange-online-graph' | 'exchange-online-ews'): MailboxAdapter['open'] {
  return ({ tokenEndpoint, clientId }: SimulatedTenant, options) => {
    const { servers, caPem, address, secret, watchJunk } = options
    const form = mailboxForm.parse({
      mailbox: { type, host: servers.host, extraCa: caPem, user: address, defaultReplyTo: address },
      oauth: { clientId, clientSecret: secret, tokenEndpoint },
      remoteApproval: { watchJunk },
    })
    return openAdapter(checkMailboxForm(form).settings, secret, { log: createLog('silent') })
  }
}

/** As HTTP says that too much is asked. */
const busy = (status: number): Fault => ({ status, headers: { 'Retry-After': '1' } })

/** What both have in common. */
const exchangeOnline = {
  prepare: async ({ clientSecret }: SimulatedTenant) => clientSecret,
  beforeContent: [{ waitMs: 0 }],
  midContent: [{ waitMs: 0 }, 'cut'],
  headsOfTheDay: false,
  cutBeforeWork: 'unknown',
  wrongSecret: 'token.wrong-secret',
  unknownMailbox: { kind: 'not-found', messageKey: 'mailbox.unknown' },
} satisfies Partial<MailboxAdapter>

export const ewsAdapter: MailboxAdapter = {
  ...exchangeOnline,
  open: opener('exchange-online-ews'),
  ids: 'id',
  operations: { content: 'GetItem', contentCall: 'GetItem', send: 'CreateItem' },
  busy: { receive: ['GetItem', busy(503)], send: busy(503) },
  requestsPerReply: 0.06,
  missingRole: 'consent.missing-role',
  pushes: true,
}

export const graphAdapter: MailboxAdapter = {
  ...exchangeOnline,
  open: opener('exchange-online-graph'),
  ids: 'immutableId',
  operations: { content: 'GetMessageValue', contentCall: 'Batch', send: 'SendMessage' },
  busy: { receive: ['Batch', busy(429)], send: busy(429) },
  requestsPerReply: 0.15,
  missingRole: 'consent.missing-graph-roles',
  pushes: false,
}
