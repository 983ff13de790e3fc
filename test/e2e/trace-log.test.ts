import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { type Contoso, elodie, nadia, startContoso } from '../support/contoso.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { deskOf, setUp } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { httpApi } from '../support/http-api.ts'
import { startCommand } from '../support/run-command.ts'
import { purchase } from '../support/sample-api.ts'

const comment = 'Confidentiel : la marge est de dix-sept euros'
const webhookKey = randomBytes(12).toString('hex')
const webhookSecret = randomBytes(32).toString('base64')

/** All that must not be in the log, by what it is. */
const secrets: Record<string, string> = {}
let contoso: Contoso
let dataDirectory: string
let lines: Record<string, unknown>[]
let log: string

/** One server at the most talkative level, through a whole journey and what goes wrong beside it. */
beforeAll(async () => {
  contoso = await startContoso()
  dataDirectory = await newDataDirectory('trace')
  const process = startCommand(['serve'], {
    COUNTERSIGN_DATA: dataDirectory,
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_LOG_LEVEL: 'trace',
    // Nobody listens there.
    COUNTERSIGN_OUTAGE_WEBHOOK_URL: `http://127.0.0.1:9/hook?key=${webhookKey}`,
    COUNTERSIGN_OUTAGE_WEBHOOK_SECRET: `whsec_${webhookSecret}`,
  })
  const url = (await process.says('stderr', /running at (http:\/\/\S+)/))[1] ?? ''
  const token = (await readLock(dataDirectory))?.server?.token ?? ''
  const desk = deskOf({ url, token }, contoso)
  await setUp(desk.api, contoso)

  const personal = await desk.api.post<{ token: string }>('/api/tokens', {
    name: 'trace',
    scopes: ['requests:write'],
    person: nadia.address,
  })
  const created = await fetch(`${url}/api/requests`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${personal.token}`,
      'content-type': 'application/json',
      'x-request-id': 'order-4711',
    },
    body: JSON.stringify({ process: 'purchase', data: { ...purchase, supplier: 'Sensitive Supplies' } }),
  })
  expect(created.headers.get('x-request-id')).toBe('order-4711')
  const { id: request } = (await created.json()) as { id: number }
  const asked = await desk.mail(request, 'approval', elodie)
  await desk.reply(asked, `Oui\n\n${comment}`)
  expect(await desk.inbound(request, 1)).toMatchObject([{ outcome: 'decided' }])

  // Refused by the API, by Entra, and by the webhook.
  const guess = randomBytes(20).toString('hex')
  const refused = httpApi({ url, token: `cst_${guess}` }).get('/api/requests')
  await expect(refused).rejects.toMatchObject({ status: 401 })
  const form = contoso.mailboxForm() as { oauth: { clientSecret: string } }
  const wrongSecret = randomBytes(20).toString('hex')
  await desk.api.put('/api/mailboxes/other', { ...form, oauth: { ...form.oauth, clientSecret: wrongSecret } })
  await process.says('stderr', /the webhook was not told/)
  await eventually(async () =>
    expect(await desk.api.get('/api/notices')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ code: 'AADSTS7000215' })]),
    }),
  )

  log = (await process.stop('SIGTERM')).stderr
  lines = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  const replyToken = /-([a-z2-7]{16})\]/.exec(asked.parsed.subject ?? '')?.[1]
  Object.assign(secrets, {
    'the client secret': form.oauth.clientSecret,
    'a wrong client secret': wrongSecret,
    'the token of the command line': token,
    'an API token': personal.token,
    'a wrong API token': guess,
    'the key of the installation': (await readFile(join(dataDirectory, 'installation.key'), 'utf8')).trim(),
    'the key in the webhook’s URL': webhookKey,
    'the secret of the webhook': webhookSecret,
    'the reply token': replyToken,
    'the subject of a mail': asked.parsed.subject,
    'what was asked for': 'Sensitive Supplies',
    'what was answered': 'la marge',
    'the raw answer': Buffer.from(comment).toString('base64').slice(0, 40),
    'an access token': 'eyJ',
    'an authorization header': 'Bearer ',
  })
})
afterAll(async () => {
  await contoso?.close()
  await rm(dataDirectory, { recursive: true, force: true })
})

test('at level trace the log shows each exchange with Exchange', () => {
  const exchanges = lines.filter(({ msg }) => msg === 'EWS exchange')
  const operations = exchanges.map(({ operation }) => operation)
  const journey = ['Subscribe', 'GetStreamingEvents', 'SyncFolderItems', 'GetItem', 'MoveItem', 'CreateItem']
  expect(operations).toEqual(expect.arrayContaining(journey))
  const sent = exchanges.find(({ operation }) => operation === 'CreateItem')
  expect(sent).toMatchObject({
    status: 200,
    asked: expect.stringContaining('<t:MimeContent CharacterSet="…">…</t:MimeContent>'),
    answered: expect.stringContaining('<m:ResponseCode>NoError</m:ResponseCode>'),
  })
})

test('nothing secret is in it, and no words of a mail', () => {
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret, what).toMatch(/.{3}/)
    const line = log.split('\n').find((text) => text.includes(secret))
    expect(line, what).toBeUndefined()
  }
})

test('a request, the jobs that it makes and the messages of each can be followed', () => {
  expect(lines.find(({ requestId }) => requestId === 'order-4711')).toMatchObject({
    method: 'POST',
    route: '/api/requests',
    status: 201,
  })
  const taken = lines.filter(({ msg, queue }) => msg === 'jobs taken' && queue === 'send-outbound')
  const [job] = (taken[0]?.jobs ?? []) as { id: string; outboundMessageId: string }[]
  expect(job).toEqual({ id: expect.any(String), outboundMessageId: expect.any(String) })
  const sending = lines.find(({ operation, jobId }) => operation === 'CreateItem' && jobId === job?.id)
  expect(sending).toMatchObject({ queue: 'send-outbound' })
})
