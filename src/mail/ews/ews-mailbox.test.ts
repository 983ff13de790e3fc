import { expect, onTestFinished, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { noTokenServer } from '../../../test/support/no-token-server.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { createLog } from '../../lib/log.ts'
import { type EwsSettings, openEwsMailbox } from './ews-mailbox.ts'

function open(settings: Pick<EwsSettings, 'host' | 'security'>) {
  const http = createHttpClient({ extraCa: null })
  onTestFinished(() => http.close())
  const tokens = { ...noTokenServer, token: async () => 'token', reject() {} }
  const rest = {
    address: 'approvals@contoso.example',
    processedFolder: 'Processed',
    watchJunk: true,
    maxMessageBytes: 1,
  }
  return openEwsMailbox({ ...settings, ...rest }, { credential: { tokens }, http, log: createLog('silent') })
}

test.each([
  { host: 'outlook.office365.com', security: 'ssl' },
  { host: 'Mail.Contoso.example:8443', security: 'ssl' },
  { host: 'courriel.société.example', security: 'ssl' },
  { host: '127.0.0.1:8080', security: 'none' },
] as const)('opens $host with $security', (settings) => {
  expect(open(settings)).toBeDefined()
})

test.each([
  { host: 'https://outlook.office365.com', security: 'ssl', messageKey: 'mailbox.wrong-host' },
  { host: 'outlook.office365.com/EWS', security: 'ssl', messageKey: 'mailbox.wrong-host' },
  { host: 'outlook.office365.com@litware.example', security: 'ssl', messageKey: 'mailbox.wrong-host' },
  { host: 'litware.example#outlook.office365.com', security: 'ssl', messageKey: 'mailbox.wrong-host' },
  { host: '', security: 'ssl', messageKey: 'mailbox.wrong-host' },
  { host: 'mail.contoso.example', security: 'none', messageKey: 'network.plain-http' },
] as const)('refuses $host with $security', async ({ messageKey, ...settings }) => {
  const failure = await mailFailure((async () => open(settings))())
  expect(failure).toMatchObject({ kind: 'invalid', retry: 'pause-mailbox', messageKey })
})
