import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { storeMessages } from '../../src/inbound/store-messages.ts'
import { newId } from '../../src/lib/new-id.ts'
import { buildMessageId, buildSubjectTag } from '../../src/lib/reply-token.ts'
import { MailError } from '../../src/mail/errors.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { mailboxSettings, openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

describeOnBothDatabases('API: messages', (open) => {
  let api: SampleApi
  let administrator: string
  let mailboxId: string

  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    const mailbox = await api.context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    mailboxId = mailbox.id
  })
  afterAll(() => api.close())

  const get = (url: string) => api.call(administrator, 'GET', url)

  async function ask(): Promise<{ requestId: number; token: string; tag: string }> {
    const requester = await api.tokenFor(people.requester)
    const made = await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    const row = await api.context.db
      .selectFrom('replyToken')
      .select('nonce')
      .where('actionId', '=', made.body.actions[0].id)
      .executeTakeFirstOrThrow()
    const token = api.context.keys.replyToken(row.nonce)
    const requestId = made.body.id
    return { requestId, token, tag: buildSubjectTag({ request: requestId, action: 1, token }) }
  }

  /** The manager's reply, as Exchange marks mail from inside, stored and processed. */
  async function reply(
    subject: string,
    body: string,
    headers: string[] = [],
  ): Promise<{ id: string; raw: Buffer }> {
    const raw = Buffer.from(
      [
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: =?utf-8?Q?=C3=89lodie?= Gagnon <${people.manager}>`,
        'To: approvals@contoso.example',
        `Message-ID: <${newId()}@contoso.example>`,
        'Date: Tue, 24 Nov 2026 10:31:07 +0100',
        `Subject: RE: ${subject}`,
        'MIME-Version: 1.0',
        ...headers,
        '',
        body,
      ].join('\r\n'),
    )
    return { id: await receive(raw), raw }
  }

  /** The message with these octets, stored and processed. */
  async function receive(raw: Buffer): Promise<string> {
    const providerId = newId()
    await storeMessages(api.context, {
      mailboxId,
      messages: [
        {
          providerId,
          folder: 'inbox',
          receivedAt: new Date(),
          raw,
          originalOctets: false,
          transportHeaders: null,
          itemClass: 'IPM.Note',
        },
      ],
      failed: [],
      cursor: null,
    })
    const { id } = await api.context.db
      .selectFrom('inboundMessage')
      .select('id')
      .where('providerId', '=', providerId)
      .executeTakeFirstOrThrow()
    await processInbound(api.context, [id])
    return id
  }

  test('a decided reply shows what was read, what was trusted and what followed', async () => {
    const { requestId, tag } = await ask()
    const { id, raw } = await reply(`Purchase ${tag}`, 'Oui\r\n\r\nAvant le 15, merci.\r\n')
    const message = await get(`/api/messages/${id}`)
    expect(message.body).toMatchObject({
      direction: 'inbound',
      mailbox: 'main',
      state: 'processed',
      outcome: 'decided',
      requestId,
      from: people.manager,
      person: { address: people.manager },
      sha256: createHash('sha256').update(raw).digest('hex'),
      reading: { kind: 'answers', answers: { Q1: 'YES' }, comment: 'Avant le 15, merci.' },
      verdict: { verdict: 'accepted', policy: 'standard' },
      decision: { result: 'YES' },
    })
    expect(message.body.reading.trace.length).toBeGreaterThan(0)
    expect(message.body.verdict.reasons[0].message).toMatch(/Exchange/)

    const octets = await get(`/api/messages/${id}/raw`)
    expect(octets.headers).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${id}.eml"`,
    })
    expect(octets.headers).not.toHaveProperty('x-countersign-masked')
    expect(octets.text).toBe(raw.toString())
  })

  test('while the action is open its token is masked wherever the message is shown', async () => {
    const { token, tag } = await ask()
    const { id } = await reply(
      `Purchase ${tag}`,
      `I will look at it tomorrow.\r\n\r\n> mailto:approvals%2B${token}%40contoso.example?subject=${tag}`,
    )
    const message = await get(`/api/messages/${id}`)
    expect(message.body).toMatchObject({ outcome: 'asked-back', decision: null })
    expect(message.body.answeredBy).toMatchObject([
      { direction: 'outbound', kind: 'asked-back', to: people.manager },
    ])
    expect(message.body.subject).toContain('••••••••••••••••]')
    const octets = await get(`/api/messages/${id}/raw`)
    expect(octets.status).toBe(200)
    expect(octets.headers['x-countersign-masked']).toBe('reply-tokens')
    const lists = await Promise.all([get('/api/messages/inbound'), get('/api/messages/outbound')])
    for (const { text } of [message, octets, ...lists]) expect(text.toLowerCase()).not.toContain(token)
  })

  test('a token in a base64 part keeps the raw message back until the action is closed', async () => {
    const { token, tag, requestId } = await ask()
    const body = Buffer.from(`Tomorrow maybe.\n\n> Subject: Purchase ${tag}\n`).toString('base64')
    const { id, raw } = await reply(`Purchase ${tag}`, body, [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
    ])
    const message = await get(`/api/messages/${id}`)
    expect(message.body.reading.text).toContain('Tomorrow maybe.')
    expect(message.text).not.toContain(token)
    expect((await get(`/api/messages/${id}/raw`)).body).toMatchObject({ status: 409, code: 'token-in-use' })
    await api.call(administrator, 'POST', `/api/requests/${requestId}/cancel`)
    expect((await get(`/api/messages/${id}/raw`)).text).toBe(raw.toString())
  })

  test('so does one of which it is not known to which action it belongs', async () => {
    const { token, tag } = await ask()
    const base64 = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64']
    const links = `Yes\n\n> mailto:approvals%2B${token}%40contoso.example?subject=RE%3A%20${encodeURIComponent(tag)}\n`
    const hidden = await reply('Purchase', Buffer.from(links).toString('base64'), base64)
    expect((await get(`/api/messages/${hidden.id}`)).body).toMatchObject({ actionId: null })
    expect((await get(`/api/messages/${hidden.id}/raw`)).body).toMatchObject({ code: 'token-in-use' })

    const readable = await reply('Purchase', links)
    const octets = await get(`/api/messages/${readable.id}/raw`)
    expect(octets.headers['x-countersign-masked']).toBe('reply-tokens')
    expect(octets.text).not.toContain(token)
    const harmless = await reply('Purchase', Buffer.from('Yes').toString('base64'), base64)
    expect((await get(`/api/messages/${harmless.id}/raw`)).text).toBe(harmless.raw.toString())
  })

  test('a bounce names our mail by its Message-ID, in which the token is masked', async () => {
    const { requestId, token } = await ask()
    const messageId = buildMessageId({
      token,
      instance: 'countersign',
      unique: 'a1',
      domain: 'contoso.example',
    })
    await api.context.db
      .updateTable('outboundMessage')
      .set({ state: 'sent', messageId })
      .where('requestId', '=', requestId)
      .execute()
    const { id } = await reply(
      'Undeliverable',
      [
        '--b',
        'Content-Type: text/plain',
        '',
        'Delivery has failed.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns;contoso.example',
        '',
        `Final-Recipient: rfc822;${people.manager}`,
        'Action: failed',
        'Status: 5.1.10',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${messageId}`,
        `Subject: Purchase ${buildSubjectTag({ request: requestId, action: 1, token })}`,
        '',
        '--b--',
        '',
      ].join('\r\n'),
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    )
    const message = await get(`/api/messages/${id}`)
    expect(message.body).toMatchObject({ outcome: 'bounce', requestId, reading: { kind: 'bounce' } })
    expect(message.body.reading.bounce.messageId).toContain('countersign.•')
    const octets = await get(`/api/messages/${id}/raw`)
    const [outbound] = (await get(`/api/messages/outbound?request=${requestId}&state=undelivered`)).body.items
    expect(outbound).toMatchObject({ kind: 'approval', error: { code: '5.1.10' } })
    for (const text of [message.text, octets.text, JSON.stringify(outbound)])
      expect(text).not.toContain(token)
  })

  test('a message that cannot be read is a dead letter with its reason', async () => {
    const id = await receive(Buffer.from('no header'))
    const dead = await get('/api/messages/inbound?state=dead')
    const item = dead.body.items.find((message: { id: string }) => message.id === id)
    expect(item).toMatchObject({ state: 'dead', outcome: null, error: { code: 'unreadable' } })
    expect((await get(`/api/messages/${id}`)).body).toMatchObject({ reading: null, verdict: null })
    expect((await get(`/api/messages/${id}/raw`)).status).toBe(200)
  })

  test('what could not be fetched is listed with its reason, until it is', async () => {
    const failure = (providerCode: string, retry: 'later' | 'never') =>
      new MailError(`Exchange answered ${providerCode}`, { kind: 'refused', retry, providerCode })
    const fail = (providerId: string, error: MailError) =>
      storeMessages(api.context, { mailboxId, messages: [], failed: [{ providerId, error }], cursor: null })
    await fail('damaged', failure('ErrorCorruptData', 'never'))
    await fail('busy', failure('ErrorTimeoutExpired', 'later'))
    await fail('busy', failure('ErrorInternalServerError', 'later'))

    const list = await get('/api/messages/inbound?state=unfetched')
    expect(list.body.items).toMatchObject([
      {
        mailbox: 'main',
        state: 'unfetched',
        providerId: 'busy',
        attempts: 2,
        error: { code: 'ErrorInternalServerError', message: 'Exchange answered ErrorInternalServerError' },
      },
      { providerId: 'damaged', attempts: 1, error: { code: 'ErrorCorruptData' }, nextAttemptAt: null },
    ])
    const [busy, damaged] = list.body.items
    expect(Date.parse(busy.nextAttemptAt)).toBeGreaterThan(Date.parse(busy.firstFailedAt))
    expect((await get('/api/messages/inbound?limit=2')).body.items).toEqual([busy, damaged])
    const first = await get('/api/messages/inbound?limit=1')
    const second = await get(`/api/messages/inbound?limit=1&after=${first.body.next}`)
    expect([...first.body.items, ...second.body.items]).toEqual([busy, damaged])
    expect((await get(`/api/messages/${damaged.id}`)).body).toMatchObject(damaged)
    expect((await get('/api/messages/inbound?state=unfetched&mailbox=other')).body.items).toEqual([])
    for (const query of ['state=dead', 'outcome=held', 'request=1']) {
      const { items } = (await get(`/api/messages/inbound?${query}`)).body
      expect(items.map(({ state }: { state: string }) => state)).not.toContain('unfetched')
    }

    await storeMessages(api.context, {
      mailboxId,
      messages: [],
      failed: [],
      cursor: null,
      retried: {
        ids: ['busy', 'damaged'],
        readAs: { user: mailboxSettings.mailbox.user, type: 'exchange-online-ews', readFrom: null },
      },
    })
    expect((await get('/api/messages/inbound?state=unfetched')).body.items).toEqual([])
  })

  test('lists filter by state, outcome, request and mailbox, and page', async () => {
    const { requestId, tag } = await ask()
    const { id } = await reply(`Purchase ${tag}`, 'Non\r\n\r\nTrop cher.\r\n')
    const ids = async (query: string) =>
      (await get(`/api/messages/inbound?limit=200&${query}`)).body.items.map(
        (item: { id: string }) => item.id,
      )
    expect(await ids(`request=${requestId}`)).toEqual([id])
    expect(await ids('outcome=decided')).toContain(id)
    expect(await ids('outcome=held')).not.toContain(id)
    expect(await ids('state=dead')).not.toContain(id)
    expect(await ids('mailbox=main')).toContain(id)
    expect(await ids('mailbox=other')).toEqual([])

    const outbound = await get(`/api/messages/outbound?request=${requestId}&state=waiting`)
    expect(outbound.body.items.map((item: { kind: string }) => item.kind)).toContain('request-closed')
    const first = await get('/api/messages/inbound?limit=1')
    const second = await get(`/api/messages/inbound?limit=1&after=${first.body.next}`)
    expect(first.body.items[0].id).toBe(id)
    expect(second.body.items[0].id).not.toBe(id)
    expect((await get('/api/messages/inbound?state=sent')).body.code).toBe('invalid-input')
  })

  test('an outbound message is found by its id too, a wrong id is not', async () => {
    await ask()
    const list = await get('/api/messages/outbound?limit=1')
    const [item] = list.body.items
    expect((await get(`/api/messages/${item.id}`)).body).toMatchObject(item)
    const nobody = newId()
    expect((await get(`/api/messages/${nobody}`)).body).toMatchObject({ code: 'message-not-found' })
    expect((await get(`/api/messages/${nobody}/raw`)).body).toMatchObject({ code: 'message-not-found' })
  })
})
