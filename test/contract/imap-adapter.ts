import { createLog } from '../../src/lib/log.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import type { MailboxAdapter } from './mailbox-contract.ts'

/** A mailbox of Exchange Online over IMAP and SMTP, signed in to with access tokens. */
export const imapAdapter: MailboxAdapter = {
  prepare: async ({ clientSecret }) => clientSecret,
  open({ tokenEndpoint, clientId }, { servers, caPem, address, secret, watchJunk }) {
    const form = mailboxForm.parse({
      mailbox: {
        type: 'imap-smtp',
        cloud: 'worldwide',
        imap: serverAt(servers.imap),
        smtp: serverAt(servers.smtp),
        extraCa: caPem,
        user: address,
        defaultReplyTo: address,
      },
      oauth: { clientId, clientSecret: secret, tokenEndpoint },
      remoteApproval: { watchJunk },
    })
    return openAdapter(checkMailboxForm(form).settings, secret, { log: createLog('silent') })
  },
  ids: 'place',
  operations: { content: 'IMAP UID FETCH', contentCall: 'IMAP UID FETCH', send: 'SMTP DATA' },
  beforeContent: [{ waitMs: 0 }],
  midContent: [{ waitMs: 0 }, { cutAfterBytes: 20_000 }],
  // IMAP searches by days.
  headsOfTheDay: true,
  busy: {
    // A FETCH would be given again by imapflow, after that time.
    receive: [
      'IMAP UID SEARCH',
      { reply: 'BAD Request is throttled. Suggested Backoff Time: 20 milliseconds' },
    ],
    send: { reply: '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded.' },
  },
  // The message is handed over after the server's 354 (RFC 5321, 3.3), so that what ends before it has sent nothing.
  cutBeforeWork: 'failed',
  requestsPerReply: 0.06,
  missingRole: 'consent.missing-imap-roles',
  wrongSecret: 'token.wrong-secret',
  unknownMailbox: { kind: 'auth', messageKey: 'imap.token-refused' },
  pushes: true,
}

function serverAt(server: string): { host: string; port: number } {
  const [host = '', port] = server.split(':')
  return { host, port: Number(port) }
}
