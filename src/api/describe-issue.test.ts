import { expect, test } from 'vitest'
import { mailboxForm } from '../mailboxes/settings.ts'
import { describeIssues } from './describe-issue.ts'

const mailbox = {
  type: 'exchange-online-graph',
  user: 'approvals@contoso.example',
  defaultReplyTo: 'approvals@contoso.example',
}
const oauth = { clientId: 'x', tenant: 'contoso.example' }

test.each([
  [
    'a type that there is not',
    { mailbox: { ...mailbox, type: 'exchange-online' } },
    'mailbox.type must be one of: exchange-online-graph, exchange-online-ews, exchange-server-ews, imap-smtp.',
  ],
  [
    'a URL as the host',
    { mailbox: { ...mailbox, host: 'https://outlook.office365.com/' } },
    'mailbox.host must be the name of a server alone',
  ],
  [
    'a URL as the host of IMAP',
    { mailbox: { ...mailbox, type: 'imap-smtp', imap: { host: 'imaps://imap.contoso.example' } } },
    'mailbox.imap.host must be the name of a server alone',
  ],
  [
    'a time zone that there is not',
    { mailbox, remoteApproval: { timeZone: 'Paris' } },
    'remoteApproval.timeZone must be a time zone',
  ],
  [
    'a field that was left empty',
    { mailbox, oauth: { ...oauth, clientId: ' ' } },
    'oauth.clientId is missing. Add it.',
  ],
  [
    'a certificate in two forms',
    { mailbox, oauth: { ...oauth, certificate: { pem: 'x', pfx: 'AAAA' } } },
    'oauth.certificate must hold either pem or pfx',
  ],
])('%s is told with what to write instead', (_, form, message) => {
  const { error } = mailboxForm.safeParse(form, { reportInput: true })
  expect(describeIssues(error?.issues ?? []).map((problem) => problem.message.en)).toEqual([
    expect.stringContaining(message),
  ])
})
