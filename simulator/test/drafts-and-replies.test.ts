import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail, lastNumber } from './support/deliver-mail.ts'
import { all, changeKeys, control, ewsClient, http, itemIds, responseCodes } from './support/ews-client.ts'
import { createFromMime, field, getItem, mail, respond, setIsRead } from './support/ews-requests.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const arrive = (fields?: Record<string, string>, body?: string) => deliverMail(simulator, fields, body)

describe('UpdateItem of a draft', () => {
  const nadia = 'nadia.belkacem@contoso.example'
  const save = async () => {
    const { body } = await client.call(
      createFromMime([mail({ To: nadia, Subject: 'First', 'X-Request': '42' }, 'First body')], 'SaveOnly'),
    )
    return { id: itemIds(body)[0] ?? '', changeKey: changeKeys(body)[0] ?? '' }
  }
  const change = (
    draft: { id: string; changeKey: string },
    uri: string,
    value: string,
    disposition = 'SaveOnly',
  ) =>
    setIsRead(draft.id, { changeKey: draft.changeKey })
      .replace('message:IsRead', uri)
      .replace('<t:IsRead>true</t:IsRead>', value)
      .replace('MessageDisposition="SaveOnly"', `MessageDisposition="${disposition}"`)
  const received = () =>
    control<{ subject: string }[]>(simulator, 'GET', `/mailboxes/${nadia}/folders/inbox/messages`)

  it('rewrites subject, body and recipients, and keeps the rest', async () => {
    const draft = await save()
    const changed = await client.call(change(draft, 'item:Subject', '<t:Subject>Größe</t:Subject>'))
    expect(itemIds(changed.body)).toEqual([draft.id])
    const next = { ...draft, changeKey: changeKeys(changed.body)[0] ?? '' }
    const body = await client.call(
      change(next, 'item:Body', '<t:Body BodyType="HTML">&lt;p&gt;New&lt;/p&gt;</t:Body>'),
    )
    const last = { ...draft, changeKey: changeKeys(body.body)[0] ?? '' }
    const recipients =
      '<t:ToRecipients><t:Mailbox><t:EmailAddress>thomas.berger@contoso.example</t:EmailAddress></t:Mailbox></t:ToRecipients>'
    await client.call(change(last, 'message:ToRecipients', recipients))
    const properties = [field('item:Subject'), field('item:Body'), field('message:ToRecipients')].join('')
    const item = (
      await client.call(getItem([draft.id], properties, '<t:IncludeMimeContent>true</t:IncludeMimeContent>'))
    ).body
    expect(item).toContain('<t:Subject>Größe</t:Subject>')
    expect(item).toContain('&lt;p&gt;New&lt;/p&gt;')
    expect(all(item, /<t:EmailAddress>([^<]+)</)).toEqual(['thomas.berger@contoso.example'])
    const mime = Buffer.from(/<t:MimeContent[^>]*>([^<]+)</.exec(item)?.[1] ?? '', 'base64').toString()
    expect(mime).toContain('X-Request: 42\r\n')
    expect(mime).not.toContain('First')
  })

  it.each([
    ['SendAndSaveCopy', 1],
    ['SendOnly', 0],
  ])('sends it with the change by %s', async (disposition, copies) => {
    const draft = await save()
    const sent = await client.call(
      change(draft, 'item:Subject', '<t:Subject>Second</t:Subject>', disposition),
    )
    expect(responseCodes(sent.body)).toEqual(['NoError'])
    expect(itemIds(sent.body)).toEqual([])
    expect(await received()).toMatchObject([{ subject: 'Second' }])
    const folder = (name: string) =>
      control(simulator, 'GET', `/mailboxes/approvals@contoso.example/folders/${name}/messages`)
    expect([await folder('sentitems'), await folder('drafts')]).toMatchObject([Array(copies).fill({}), []])
  })

  it('takes fields away', async () => {
    const draft = await save()
    const request = change(draft, 'item:Subject', '<t:Subject>x</t:Subject>')
      .replaceAll('SetItemField', 'DeleteItemField')
      .replace(/<t:Message>.*<\/t:Message>/, '')
    expect(responseCodes((await client.call(request)).body)).toEqual(['NoError'])
    expect((await client.call(getItem([draft.id], field('item:Subject')))).body).toContain('<t:Subject/>')
    const read = request.replace('item:Subject', 'message:IsRead').replace('AutoResolve', 'AlwaysOverwrite')
    expect(responseCodes((await client.call(read)).body)).toEqual(['ErrorInvalidPropertyDelete'])
  })
})

describe('a reply', () => {
  const nadia = 'nadia.belkacem@contoso.example'
  const thomas = 'thomas.berger@contoso.example'
  const received = async (address: string) => {
    const path = `/mailboxes/${address}/folders/inbox/messages`
    const [item] = await control<{ id: string }[]>(simulator, 'GET', path)
    const { body } = await http(
      simulator,
      'GET',
      `${simulator.http}/_sim${path}/${encodeURIComponent(item?.id ?? '')}`,
    )
    return body
  }

  it('goes where Reply-To says, in the thread, with the original below', async () => {
    const id = await arrive({
      Subject: 'AW: Please answer',
      'Reply-To': thomas,
      References: '<first@contoso.example>',
    })
    const answer = await client.call(respond('ReplyToItem', id))
    expect(responseCodes(answer.body)).toEqual(['NoError'])
    const raw = await received(thomas)
    expect(raw).toContain('\r\nSubject: RE: Please answer\r\n')
    expect(raw).toContain(
      `\r\nReferences: <first@contoso.example>\r\n <m${lastNumber()}@contoso.example>\r\n`,
    )
    const text = Buffer.from(raw.slice(raw.indexOf('\r\n\r\n')), 'base64').toString()
    expect(text).toMatch(/^Thanks\r\n\r\n-----Original Message-----\r\nFrom: "Nadia Belkacem" </)
  })

  it('to all leaves oneself out', async () => {
    const id = await arrive({ To: `approvals@contoso.example, ${thomas}` })
    await client.call(respond('ReplyAllToItem', id))
    expect(await received(nadia)).toContain(`\r\nTo: "Nadia Belkacem" <${nadia}>,\r\n ${thomas}\r\n`)
    expect(await received(thomas)).toContain('\r\nIn-Reply-To: ')
  })

  it('needs an original, in its present version when one is named', async () => {
    const id = await arrive()
    const wrong = respond('ReplyToItem', id).replace(
      '<t:ReferenceItemId',
      '<t:ReferenceItemId ChangeKey="AAAA"',
    )
    expect(responseCodes((await client.call(wrong)).body)).toEqual(['ErrorStaleObject'])
    const none = respond('ReplyToItem', id).replace(/<t:ReferenceItemId[^>]*>/, '')
    expect(responseCodes((await client.call(none)).body)).toEqual(['ErrorMissingInformationReferenceItemId'])
    expect(responseCodes((await client.call(respond('ForwardItem', id))).body)).toEqual([
      'ErrorMissingRecipients',
    ])
  })
})
