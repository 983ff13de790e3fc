import { createLog } from '../../src/lib/log.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import type { MailboxAdapter } from './mailbox-contract.ts'
import type { SimulatedTenant } from './simulated-tenant.ts'

/** Opens a mailbox of the tenant as the product does, from what an administrator enters. */
function opener(type: 'exchange-online-graph' | 'exchange-online-ews'): MailboxAdapter['open'] {
  return ({ tokenEndpoint, clientId }: SimulatedTenant, options) => {
    const { host, caPem, address, clientSecret, watchJunk } = options
    const form = mailboxForm.parse({
      mailbox: { type, host, extraCa: caPem, user: address, defaultReplyTo: address },
      oauth: { clientId, clientSecret, tokenEndpoint },
      remoteApproval: { watchJunk },
    })
    return openAdapter(checkMailboxForm(form).settings, clientSecret, { log: createLog('silent') })
  }
}

export const ewsAdapter: MailboxAdapter = {
  open: opener('exchange-online-ews'),
  ids: 'id',
  operations: { content: 'GetItem', contentCall: 'GetItem', send: 'CreateItem' },
  beforeContent: [{ waitMs: 0 }],
  requestsPerReply: 0.06,
  missingRole: 'consent.missing-role',
  pushes: true,
}

export const graphAdapter: MailboxAdapter = {
  open: opener('exchange-online-graph'),
  ids: 'immutableId',
  operations: { content: 'GetMessageValue', contentCall: 'Batch', send: 'SendMessage' },
  beforeContent: [{ waitMs: 0 }],
  requestsPerReply: 0.15,
  missingRole: 'consent.missing-graph-roles',
  pushes: false,
}
