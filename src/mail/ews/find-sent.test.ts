import { Writable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpClient } from '../../lib/http-client.ts'
import { createLog } from '../../lib/log.ts'
import { createTokenSource } from '../../oauth/token-source.ts'
import { openEwsMailbox } from './ews-mailbox.ts'

test('a mailbox that cannot be asked leaves no reply token in the log', async () => {
  let logged = ''
  const write = (chunk: unknown, _: unknown, done: () => void) => {
    logged += String(chunk)
    done()
  }
  const log = createLog('trace', new Writable({ write }))
  const http = createHttpClient({ extraCa: null })
  const tokens = createTokenSource(
    {
      tokenEndpoint: 'http://127.0.0.1:1/t/oauth2/v2.0/token',
      clientId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
      credential: { clientSecret: 'x' },
      scope: 'https://outlook.office365.com/.default',
    },
    { http, clock: () => new Date(), log },
  )
  const mailbox = openEwsMailbox(
    {
      host: '127.0.0.1:1',
      security: 'none',
      address: 'approvals@contoso.example',
      processedFolder: 'Processed',
      watchJunk: false,
      maxMessageBytes: 1,
    },
    { credential: { tokens }, http, log },
  )
  onTestFinished(async () => {
    await mailbox.close()
    await http.close()
  })
  const messageId = '<countersign.k3vqy7h2mznf4abc.1@contoso.example>'
  const error = await mailbox.findSent(messageId, new AbortController().signal).catch((error) => error)
  expect(error).toMatchObject({ kind: 'unavailable' })
  log.warn({ err: error }, 'cannot be asked')
  expect(logged).toContain('cannot be asked')
  expect(logged).not.toContain('k3vqy7h2mznf4abc')
})
