import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import {
  app,
  approvals,
  elodie,
  errorOf,
  type GraphClient,
  graphClient,
  immutable,
} from './support/graph-client.ts'

let simulator: Simulator
let graph: GraphClient
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  graph = await graphClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

interface Listed {
  id: string
  subject: string
  from: string
  internetMessageId: string
}
const folder = (name: string, mailbox = approvals) =>
  control<Listed[]>(simulator, 'GET', `/mailboxes/${mailbox}/folders/${name}/messages`)
const setGraph = (settings: object) => control(simulator, 'POST', '/tenant', { graph: settings })
const rawOf = async (id: string) => (await graph.get(`/messages/${id}/$value`)).body

const base64 = (text: string) => Buffer.from(text).toString('base64')
const approval = mail(
  {
    From: approvals,
    To: elodie,
    Subject: 'Purchase 42',
    'Message-ID': '<42-7@contoso.example>',
    'In-Reply-To': '<41@contoso.example>',
    References: '<40@contoso.example> <41@contoso.example>',
    'Auto-Submitted': 'auto-generated',
    Precedence: 'bulk',
    'X-Instance': 'production',
  },
  'Please answer\r\n',
)
const to = (address: string) => ({ toRecipients: [{ emailAddress: { address } }] })

describe('a draft', () => {
  it('is made of MIME, without the fields that are lost on this way', async () => {
    const made = await graph.post('/messages', { body: base64(approval), headers: immutable })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      isDraft: true,
      internetMessageId: '<42-7@contoso.example>',
      subject: 'Purchase 42',
    })
    expect(await rawOf(made.json.id)).toBe(
      approval.replace('Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n', ''),
    )
    await setGraph({ droppedHeaders: ['x-*'] })
    const other = await graph.post('/messages', { body: base64(approval) })
    expect(await rawOf(other.json.id)).toBe(approval.replace('X-Instance: production\r\n', ''))
  })

  it('is made of JSON, in any folder, and gets a Message-ID', async () => {
    const body = {
      subject: 'Été',
      body: { contentType: 'html', content: '<p>Oui</p>' },
      ...to(elodie),
      replyTo: [{ emailAddress: { name: 'Réponses', address: approvals } }],
      importance: 'high',
      categories: ['WF'],
      internetMessageHeaders: [{ name: 'X-Instance', value: 'production' }],
      singleValueExtendedProperties: [
        { id: 'String 0x1042', value: '<41@contoso.example>' },
        {
          id: 'String {00020386-0000-0000-C000-000000000046} Name References',
          value: '<40@contoso.example>',
        },
      ],
    }
    const made = await graph.post('/mailFolders/inbox/messages', { body })
    expect(made.json).toMatchObject({
      isDraft: true,
      subject: 'Été',
      importance: 'high',
      categories: ['WF'],
      replyTo: body.replyTo,
      internetMessageId: expect.stringMatching(/^<.+@contoso\.example>$/),
    })
    const raw = await rawOf(made.json.id)
    expect(raw).toContain('X-Instance: production\r\n')
    expect(raw).toContain('In-Reply-To: <41@contoso.example>\r\n')
    expect(raw).toContain('References: <40@contoso.example>\r\n')
    expect(await folder('inbox')).toHaveLength(1)
  })

  it('keeps its immutable id into Sent Items, and is sent once', async () => {
    const { id } = (await graph.post('/messages', { body: base64(approval), headers: immutable })).json
    const sent = await graph.post(`/messages/${id}/send`)
    expect([sent.status, sent.body, sent.headers['content-length']]).toEqual([202, '', '0'])
    const kept = (await graph.get(`/mailFolders/sentitems/messages/${id}`)).json
    expect(kept).toMatchObject({ isDraft: false, internetMessageId: '<42-7@contoso.example>' })
    expect(errorOf(await graph.post(`/messages/${id}/send`))).toEqual([404, 'ErrorItemNotFound'])
    expect(await folder('drafts')).toHaveLength(0)
    expect(await folder('inbox', elodie)).toMatchObject([{ internetMessageId: '<42-7@contoso.example>' }])
  })

  it('has another usual id once it is sent', async () => {
    const { id } = (await graph.post('/messages', { body: base64(approval) })).json
    expect((await graph.post(`/messages/${id}/send`)).status).toBe(202)
    expect(errorOf(await graph.post(`/messages/${id}/send`))).toEqual([404, 'ErrorItemNotFound'])
    expect(errorOf(await graph.get(`/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
  })

  it('waits in the Outbox beyond 30 messages a minute', async () => {
    await control(simulator, 'POST', '/tenant', { messageRateLimit: 1 })
    await graph.post('/sendMail', { body: base64(approval) })
    const { id } = (await graph.post('/messages', { body: base64(approval), headers: immutable })).json
    expect((await graph.post(`/messages/${id}/send`)).status).toBe(202)
    expect((await graph.get(`/mailFolders/outbox/messages/${id}`)).status).toBe(200)
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    expect((await graph.get(`/mailFolders/sentitems/messages/${id}`)).status).toBe(200)
    expect(await folder('inbox', elodie)).toHaveLength(2)
  })

  it('is nowhere while its copy is late, and then has the same id', async () => {
    await control(simulator, 'POST', '/tenant', { sentCopyDelaySeconds: 20 })
    const { id } = (await graph.post('/messages', { body: base64(approval), headers: immutable })).json
    await graph.post(`/messages/${id}/send`)
    expect(await folder('inbox', elodie)).toHaveLength(1)
    expect(errorOf(await graph.get(`/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
    await control(simulator, 'POST', '/clock', { advanceMs: 20_000 })
    expect((await graph.get(`/mailFolders/sentitems/messages/${id}`)).status).toBe(200)
  })

  it('goes out even when the connection ends after it was accepted', async () => {
    const { id } = (await graph.post('/messages', { body: base64(approval), headers: immutable })).json
    await control(simulator, 'POST', '/faults', { operation: 'SendMessage', times: 1, answer: 'cutAfter' })
    await expect(graph.post(`/messages/${id}/send`)).rejects.toThrow()
    expect((await graph.get(`/mailFolders/sentitems/messages/${id}`)).status).toBe(200)
    expect(await folder('inbox', elodie)).toHaveLength(1)
  })

  it('is refused when it is nobody else’s to send, or goes to nobody', async () => {
    const make = async (body: object) => (await graph.post('/messages', { body })).json.id
    const foreign = await make({ ...to(elodie), from: { emailAddress: { address: elodie } } })
    expect(errorOf(await graph.post(`/messages/${foreign}/send`))).toEqual([403, 'ErrorSendAsDenied'])
    const lost = await make({ subject: 'To nobody' })
    expect(errorOf(await graph.post(`/messages/${lost}/send`))).toEqual([400, 'ErrorInvalidRecipients'])
    const wrong = await make(to('not an address'))
    expect(errorOf(await graph.post(`/messages/${wrong}/send`))).toEqual([400, 'ErrorInvalidRecipients'])
  })
})

describe('sendMail', () => {
  it('takes MIME and leaves a copy', async () => {
    const answer = await graph.post('/sendMail', { body: base64(approval) })
    expect([answer.status, answer.body]).toEqual([202, ''])
    expect(await folder('sentitems')).toMatchObject([{ internetMessageId: '<42-7@contoso.example>' }])
    expect(await folder('inbox', elodie)).toMatchObject([{ subject: 'Purchase 42', from: approvals }])
  })

  it('takes JSON, with a copy unless it is not wanted', async () => {
    const message = { subject: 'Hello', ...to(elodie) }
    expect((await graph.post('/sendMail', { body: { message, saveToSentItems: false } })).status).toBe(202)
    expect(await folder('sentitems')).toHaveLength(0)
    expect((await graph.post('/sendMail', { body: { message } })).status).toBe(202)
    expect(await folder('sentitems')).toHaveLength(1)
    expect(await folder('inbox', elodie)).toHaveLength(2)
  })

  it.each([
    ['not*base64', 'ErrorMimeContentInvalidBase64String'],
    ['YWJj=', 'ErrorMimeContentInvalidBase64String'],
    [base64('no header at all'), 'ErrorMimeContentInvalid'],
  ])('refuses the MIME %s', async (body, code) => {
    expect(errorOf(await graph.post('/sendMail', { body }))).toEqual([400, code])
  })

  it('refuses header fields that do not begin with x-, and more than five', async () => {
    const send = (names: string[]) => {
      const internetMessageHeaders = names.map((name) => ({ name, value: 'v' }))
      return graph.post('/sendMail', { body: { message: { ...to(elodie), internetMessageHeaders } } })
    }
    const refused = await send(['In-Reply-To'])
    expect(errorOf(refused)).toEqual([400, 'InvalidInternetMessageHeader'])
    expect(refused.json.error.message).toBe(
      "The internet message header name 'In-Reply-To' should start with 'x-' or 'X-'.",
    )
    expect(errorOf(await send(['x-1', 'x-2', 'x-3', 'x-4', 'x-5', 'x-6']))).toEqual([
      400,
      'InvalidInternetMessageHeaderCollection',
    ])
    expect((await send(['x-1', 'x-2', 'x-3', 'x-4', 'X-5'])).status).toBe(202)
  })

  it.each([
    [{ subject: 'no message around it' }, 400, 'RequestBodyRead'],
    [{ message: { subjekt: 'x' } }, 400, 'RequestBodyRead'],
    [{ message: { toRecipients: [{ address: elodie }] } }, 400, 'RequestBodyRead'],
    [{ message: { attachments: [] } }, 501, 'NotSimulated'],
  ])('refuses %j', async (body, status, code) => {
    expect(errorOf(await graph.post('/sendMail', { body }))).toEqual([status, code])
  })

  it('refuses other content, and more than 4 MB of it', async () => {
    const headers = { 'content-type': 'message/rfc822' }
    expect(errorOf(await graph.post('/sendMail', { body: approval, headers }))).toEqual([
      415,
      'UnsupportedMediaType',
    ])
    const large = base64(`${approval}${'x'.repeat(3_200_000)}`)
    expect(errorOf(await graph.post('/sendMail', { body: large }))).toEqual([413, 'ErrorMessageSizeExceeded'])
    const nearly = base64(`${approval}${'x'.repeat(3_100_000)}`)
    expect((await graph.post('/sendMail', { body: nearly })).status).toBe(202)
  })

  it('needs Mail.Send beside Mail.ReadWrite', async () => {
    await control(simulator, 'POST', '/tenant', { apps: [{ id: app.id, roles: ['Mail.ReadWrite'] }] })
    const weaker = await graphClient(simulator)
    expect(errorOf(await weaker.post('/sendMail', { body: base64(approval) }))).toEqual([
      403,
      'ErrorAccessDenied',
    ])
  })
})

describe('createReply', () => {
  const question = mail(
    {
      From: 'anna.novak@fabrikam.example',
      To: approvals,
      'Reply-To': 'answers@fabrikam.example',
      Subject: 'RE: Purchase 42',
      'Message-ID': '<r1@fabrikam.example>',
      References: '<42-7@contoso.example>',
    },
    'Which one?\r\n',
  )
  const received = async () => {
    await control(simulator, 'POST', `/mailboxes/${approvals}/messages`, question)
    return (await graph.get('/mailFolders/inbox/messages')).json.value[0].id as string
  }
  const threading =
    /In-Reply-To: <r1@fabrikam\.example>\r\nReferences: <42-7@contoso\.example>\r\n <r1@fabrikam\.example>\r\n/

  it('makes a threaded draft with a comment above the quotation', async () => {
    const answer = await graph.post(`/messages/${await received()}/createReply`, {
      body: { comment: 'The blue one' },
    })
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({
      isDraft: true,
      subject: 'RE: Purchase 42',
      toRecipients: [{ emailAddress: { address: 'answers@fabrikam.example' } }],
    })
    expect(answer.json.body.content).toMatch(/The blue one[\s\S]*Which one\?/)
    expect(await rawOf(answer.json.id)).toMatch(threading)
  })

  it('takes a body in place of the comment, or MIME, and not both', async () => {
    const id = await received()
    const body = { contentType: 'text', content: 'The red one' }
    const own = await graph.post(`/messages/${id}/createReply`, { body: { message: { body } } })
    expect(own.json.bodyPreview).toBe('The red one')
    const both = { comment: 'x', message: { body } }
    expect(errorOf(await graph.post(`/messages/${id}/createReply`, { body: both }))).toEqual([
      400,
      'BadRequest',
    ])
    const mime = base64(mail({ From: approvals, To: elodie, Subject: 'As MIME' }))
    const ofMime = await graph.post(`/messages/${id}/createReply`, { body: mime })
    expect(ofMime.json.subject).toBe('As MIME')
    expect(await rawOf(ofMime.json.id)).toMatch(threading)
    expect((await graph.post(`/messages/${id}/createReply`)).status).toBe(201)
  })
})
