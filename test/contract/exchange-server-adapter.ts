import { createLog } from '../../src/lib/log.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import { ewsAdapter } from './exchange-online-adapters.ts'
import { approvals, type MailboxAdapter } from './mailbox-contract.ts'

/** A password that shows whether RFC 7617 is kept: a colon, and what is not ASCII. */
const password = 'pä:ß wörd €'

/** A mailbox of an Exchange Server, whose owner signs in with the domain's name. */
export const exchangeServerAdapter: MailboxAdapter = {
  ...ewsAdapter,
  async prepare(tenant) {
    await tenant.change({ exchangeServer: { domain: 'CONTOSO' } })
    for (const address of [approvals, 'nadia.belkacem@contoso.example'])
      await tenant.setPassword(address, password)
    return password
  },
  open(_, { servers: { host }, caPem, address, secret, watchJunk }) {
    const signInName = `CONTOSO\\${address.replace(/@.*/, '')}`
    const account = { user: address, defaultReplyTo: address, signInName, password: secret }
    const form = mailboxForm.parse({
      mailbox: { type: 'exchange-server-ews', host, extraCa: caPem, ...account },
      remoteApproval: { watchJunk },
    })
    return openAdapter(checkMailboxForm(form).settings, secret, { log: createLog('silent') })
  },
  missingRole: null,
  wrongSecret: 'exchange-server.password-refused',
  // A server tells nobody which names there are.
  unknownMailbox: { kind: 'auth', messageKey: 'exchange-server.password-refused' },
}
