import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, ewsClient, http, responseCodes } from './support/ews-client.ts'
import { createFromMime, getItem, mail, setIsRead } from './support/ews-requests.ts'

interface Listed {
  id: string
  subject: string
  itemClass: string
  isRead: boolean
  from: string
}

const [approvals, nadia, elodie, anna] = [
  'approvals@contoso.example',
  'nadia.belkacem@contoso.example',
  'elodie.gagnon@contoso.example',
  'anna.novak@fabrikam.example',
]

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

const list = (address: string, folder = 'Inbox') =>
  control<Listed[]>(simulator, 'GET', `/mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages`)

async function read(address: string, folder = 'Inbox'): Promise<string> {
  const [first] = await list(address, folder)
  const path = `/_sim/mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages/${encodeURIComponent(first?.id ?? '')}`
  return (await http(simulator, 'GET', `${simulator.http}${path}`)).body
}

/** Header fields by lower-case name, unfolded, in order of appearance. */
function fields(raw: string, name: string): string[] {
  const header = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '')
  return header
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim())
}

const message = (to: string, more: Record<string, string> = {}) =>
  mail({
    From: `Approvals <${approvals}>`,
    To: to,
    Subject: 'Please answer',
    'Message-ID': '<r1@contoso.example>',
    ...more,
  })
const send = async (...messages: string[]) =>
  responseCodes((await client.call(createFromMime(messages))).body)
const reply = (more: Record<string, string> = {}) =>
  mail({
    From: `Anna <${anna}>`,
    To: approvals,
    Subject: 'RE: Please answer',
    'Message-ID': '<a1@fabrikam.example>',
    ...more,
  })
const arrive = (origin: string, raw = reply(), address = approvals) =>
  control<{ id: string }>(simulator, 'POST', `/mailboxes/${address}/messages?as=${origin}`, raw)

describe('a sent message', () => {
  it('reaches the mailboxes of its recipients, once each, and Sent Items', async () => {
    const sent = message(`${nadia}, ${anna}`, { Cc: nadia.toUpperCase(), Bcc: elodie, 'X-Request': 'WF-42' })
    expect(await send(sent)).toEqual(['NoError'])
    expect((await list(nadia)).map(({ subject }) => subject)).toEqual(['Please answer'])
    expect(await list(anna)).toHaveLength(1)
    const blind = await read(elodie)
    expect(fields(blind, 'bcc')).toEqual([])
    expect([fields(blind, 'message-id'), fields(blind, 'x-request')]).toEqual([
      ['<r1@contoso.example>'],
      ['WF-42'],
    ])
    expect(await list(approvals, 'Sent Items')).toMatchObject([{ subject: 'Please answer', isRead: true }])
    expect(await list(approvals, 'Outbox')).toEqual([])
  })

  it('comes to the mailbox of a plus address', async () => {
    await send(message(`nadia.belkacem+k3v9@contoso.example`))
    expect(fields(await read(nadia), 'to')).toEqual(['nadia.belkacem+k3v9@contoso.example'])
  })

  it('carries the mark of the own organisation and no authentication results', async () => {
    await send(message(nadia))
    const raw = await read(nadia)
    expect(fields(raw, 'x-ms-exchange-organization-authas')).toEqual(['Internal'])
    expect(fields(raw, 'authentication-results')).toEqual([])
    expect(fields(raw, 'return-path')).toEqual([approvals])
    expect(raw).toMatch(/^Received: from \S+\.prod\.outlook\.com by /)
  })

  it.each([
    ['of somebody else', message(nadia, { From: nadia }), 'ErrorSendAsDenied'],
    ['of two authors', message(nadia, { From: `${approvals}, ${nadia}` }), 'ErrorSendAsDenied'],
    ['by another sender', message(nadia, { Sender: nadia }), 'ErrorSendAsDenied'],
    ['to nobody', message(nadia).replace(/To: .*\r\n/, ''), 'ErrorMissingRecipients'],
    ['to what is no address', message('nadia'), 'ErrorInvalidRecipients'],
    ['that is no message', 'hello', 'ErrorMimeContentInvalid'],
  ])('is refused when it is one %s', async (_, raw, code) => {
    expect(await send(raw, message(nadia))).toEqual([code, 'NoError'])
    expect(await list(nadia)).toHaveLength(1)
  })

  it('is refused when it is larger than the limit', async () => {
    expect(await send(`${message(nadia)}${'x'.repeat(36 * 1024 * 1024)}`)).toEqual([
      'ErrorMessageSizeExceeded',
    ])
  })

  it('is refused when it is no base64', async () => {
    const request = createFromMime([message(nadia)]).replace(/(<t:MimeContent[^>]*>)[^<]+/, '$1%%%')
    expect(responseCodes((await client.call(request)).body)).toEqual(['ErrorMimeContentInvalidBase64String'])
  })

  it('can be written property by property', async () => {
    const request = `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>Größe wählen – ${'é'.repeat(60)}</t:Subject><t:Body BodyType="HTML">&lt;p&gt;Grüße&lt;/p&gt;</t:Body><t:Importance>High</t:Importance><t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="InternetHeaders" PropertyName="X-Auto-Response-Suppress" PropertyType="String"/><t:Value>OOF, AutoReply</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1035" PropertyType="String"/><t:Value>&lt;s1@contoso.example&gt;</t:Value></t:ExtendedProperty><t:ToRecipients><t:Mailbox><t:Name>Nadia</t:Name><t:EmailAddress>${nadia}</t:EmailAddress></t:Mailbox></t:ToRecipients><t:ReplyTo><t:Mailbox><t:EmailAddress>${approvals}</t:EmailAddress></t:Mailbox></t:ReplyTo></t:Message></m:Items></m:CreateItem>`
    expect(responseCodes((await client.call(request)).body)).toEqual(['NoError'])
    expect((await list(nadia))[0]?.subject).toBe(`Größe wählen – ${'é'.repeat(60)}`)
    const raw = await read(nadia)
    expect(fields(raw, 'x-auto-response-suppress')).toEqual(['OOF, AutoReply'])
    expect(fields(raw, 'message-id')).toEqual(['<s1@contoso.example>'])
    expect(fields(raw, 'from')).toEqual([`"Approvals" <${approvals}>`])
    expect(fields(raw, 'to')).toEqual([`"Nadia" <${nadia}>`])
  })

  it('gets a Message-ID when it has none', async () => {
    await send(message(nadia).replace(/Message-ID: .*\r\n/, ''))
    expect(fields(await read(nadia), 'message-id')[0]).toMatch(/^<[0-9a-f-]{36}@contoso\.example>$/)
  })
})

describe('a draft', () => {
  it('is sent with its present ChangeKey only', async () => {
    const saved = await client.call(createFromMime([message(nadia)], 'SaveOnly'))
    const [, id, key] = /Id="([^"]+)" ChangeKey="([^"]+)"/.exec(saved.body) ?? []
    const sendItem = (changeKey: string) =>
      `<m:SendItem SaveItemToFolder="true"><m:ItemIds><t:ItemId Id="${id}"${changeKey}/></m:ItemIds></m:SendItem>`
    expect(responseCodes((await client.call(sendItem(''))).body)).toEqual(['ErrorChangeKeyRequired'])
    expect(responseCodes((await client.call(sendItem(' ChangeKey="AAAA"'))).body)).toEqual([
      'ErrorStaleObject',
    ])
    expect(await list(nadia)).toHaveLength(0)
    expect(responseCodes((await client.call(sendItem(` ChangeKey="${key}"`))).body)).toEqual(['NoError'])
    expect(await list(nadia)).toHaveLength(1)
    expect([await list(approvals, 'Drafts'), await list(approvals, 'Sent Items')]).toMatchObject([[], [{}]])
    expect(responseCodes((await client.call(getItem([id ?? '']))).body)).toEqual(['ErrorItemNotFound'])
  })
})

describe('MessageRateLimit', () => {
  it('lets 30 a minute go and keeps the others in the Outbox, without an error', async () => {
    const burst = Array.from({ length: 61 }, () => message(nadia))
    expect(new Set(await send(...burst))).toEqual(new Set(['NoError']))
    const counts = async () => [(await list(nadia)).length, (await list(approvals, 'Outbox')).length]
    expect(await counts()).toEqual([30, 31])
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    expect(await counts()).toEqual([60, 1])
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    expect(await counts()).toEqual([61, 0])
    expect(await list(approvals, 'Sent Items')).toHaveLength(61)
  })

  it('does not send what its owner takes back from the Outbox', async () => {
    await send(...Array.from({ length: 31 }, () => message(nadia)))
    const [waiting] = await list(approvals, 'Outbox')
    const taken = await client.call(
      `<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="${waiting?.id}"/></m:ItemIds></m:DeleteItem>`,
    )
    expect(responseCodes(taken.body)).toEqual(['NoError'])
    await control(simulator, 'POST', '/clock', { advanceMs: 120_000 })
    expect(await list(nadia)).toHaveLength(30)
  })

  it('can be lifted', async () => {
    await control(simulator, 'POST', '/tenant', { messageRateLimit: null })
    await send(...Array.from({ length: 61 }, () => message(nadia)))
    expect(await list(nadia)).toHaveLength(61)
  })
})

describe('the copy in Sent Items', () => {
  it('comes late when the tenant says so; until then it is nowhere', async () => {
    await control(simulator, 'POST', '/tenant', { sentCopyDelaySeconds: 20 })
    await send(message(nadia))
    const places = async () => [
      (await list(nadia)).length,
      ...(await Promise.all(
        ['Outbox', 'Drafts', 'Sent Items'].map(async (folder) => (await list(approvals, folder)).length),
      )),
    ]
    expect(await places()).toEqual([1, 0, 0, 0])
    await control(simulator, 'POST', '/clock', { advanceMs: 20_000 })
    expect(await places()).toEqual([1, 0, 0, 1])
    expect(fields(await read(approvals, 'Sent Items'), 'message-id')).toEqual(['<r1@contoso.example>'])
  })

  it('comes late for what waited in the Outbox, too', async () => {
    await control(simulator, 'POST', '/tenant', { sentCopyDelaySeconds: 20, messageRateLimit: 1 })
    await send(message(nadia), message(nadia))
    expect(await list(approvals, 'Outbox')).toHaveLength(1)
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    expect([await list(nadia), await list(approvals, 'Outbox')]).toMatchObject([[{}, {}], []])
    expect(await list(approvals, 'Sent Items')).toHaveLength(1)
    await control(simulator, 'POST', '/clock', { advanceMs: 20_000 })
    expect(await list(approvals, 'Sent Items')).toHaveLength(2)
  })
})

describe('mail from outside', () => {
  it.each([
    [
      'external-pass',
      'Inbox',
      /^spf=pass .*; dkim=pass .*header\.d=fabrikam\.example;dmarc=pass action=none header\.from=fabrikam\.example;compauth=pass reason=100$/,
    ],
    [
      'external-softpass',
      'Inbox',
      /^spf=none .*dkim=none .*dmarc=none action=none .*compauth=softpass reason=201$/,
    ],
    ['external-fail', 'Inbox', /^spf=fail .*dmarc=fail .*compauth=fail reason=001$/],
    ['spoof', 'Inbox', /^spf=fail .*dmarc=fail .*compauth=fail reason=601$/],
    ['junk', 'Junk Email', /^spf=pass .*dmarc=pass .*compauth=pass reason=100$/],
  ])('%s carries its results and is anonymous', async (origin, folder, results) => {
    await arrive(origin)
    const raw = await read(approvals, folder)
    expect(fields(raw, 'authentication-results')).toEqual([expect.stringMatching(results)])
    expect(fields(raw, 'x-ms-exchange-organization-authas')).toEqual(['Anonymous'])
    expect(fields(raw, 'x-forefront-antispam-report')[0]).toMatch(
      origin === 'junk' ? /SCL:5;.*SFV:SPM/ : /SCL:1;.*SFV:NSPM/,
    )
  })

  it('passes the header firewall; an older Authentication-Results stays below ours', async () => {
    const forged = {
      'X-MS-Exchange-Organization-AuthAs': 'Internal',
      'x-ms-exchange-organization-scl': '-1',
      'X-MS-Exchange-CrossTenant-AuthAs': 'Internal',
      'Authentication-Results': 'mx.litware.example; dmarc=pass header.from=fabrikam.example',
    }
    await arrive('external-fail', reply(forged))
    const raw = await read(approvals)
    expect(fields(raw, 'x-ms-exchange-organization-authas')).toEqual(['Anonymous'])
    expect(fields(raw, 'x-ms-exchange-organization-scl')).toEqual(['1'])
    expect(fields(raw, 'x-ms-exchange-crosstenant-authas')).toEqual(['Internal', 'Anonymous'])
    expect(fields(raw, 'authentication-results')).toEqual([
      expect.stringMatching(/^spf=fail/),
      'mx.litware.example; dmarc=pass header.from=fabrikam.example',
    ])
  })

  it('comes from an external mailbox when its owner writes', async () => {
    await control(simulator, 'POST', `/mailboxes/${anna}/submit`, reply())
    const raw = await read(approvals)
    expect(fields(raw, 'authentication-results')[0]).toContain('dmarc=pass')
    expect(fields(raw, 'x-ms-exchange-organization-authas')).toEqual(['Anonymous'])
  })

  it('cannot be sent in the name of somebody else', async () => {
    const submitted = control(simulator, 'POST', `/mailboxes/${anna}/submit`, reply({ From: nadia }))
    await expect(submitted).rejects.toThrow(/422 .*ErrorSendAsDenied/)
  })
})

describe('a non-delivery report', () => {
  it.each([
    ['nobody@contoso.example', '5.1.10'],
    ['nobody@fabrikam.example', '5.1.10'],
    ['somebody@litware.example', '5.4.310'],
  ])('comes back for %s', async (recipient, status) => {
    await send(message(`${recipient}, ${nadia}`))
    expect(await list(nadia)).toHaveLength(1)
    expect(await list(approvals)).toMatchObject([
      { subject: 'Undeliverable: Please answer', itemClass: 'REPORT.IPM.Note.NDR' },
    ])
    const raw = await read(approvals)
    expect(fields(raw, 'content-type')[0]).toMatch(
      /^multipart\/report; report-type=delivery-status; boundary=/,
    )
    expect(fields(raw, 'return-path')).toEqual(['<>'])
    expect(raw).toContain(`Final-Recipient: rfc822;${recipient}\r\nAction: failed\r\nStatus: ${status}\r\n`)
    expect(raw).toContain('Content-Type: text/rfc822-headers\r\n\r\nFrom: Approvals')
  })
})

describe('a read receipt', () => {
  const asking = reply({ 'Disposition-Notification-To': anna })
  const setRead = (id: string, isSuppressed: boolean) =>
    client.call(
      setIsRead(id, { resolution: 'AlwaysOverwrite' }).replace(
        'SuppressReadReceipts="true"',
        `SuppressReadReceipts="${isSuppressed}"`,
      ),
    )
  const remove = (id: string, suppression: string) =>
    client.call(
      `<m:DeleteItem DeleteType="HardDelete"${suppression}><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:DeleteItem>`,
    )

  it('goes out once when a message is marked as read', async () => {
    const { id } = await arrive('external-pass', asking)
    await setRead(id, false)
    await setRead(id, false)
    expect(await list(anna)).toMatchObject([{ subject: 'Read: RE: Please answer', from: approvals }])
    const raw = await read(anna)
    expect(fields(raw, 'content-type')[0]).toContain('report-type=disposition-notification')
    expect(fields(raw, 'return-path')).toEqual(['<>'])
    expect(raw).toContain('Original-Message-ID: <a1@fabrikam.example>\r\n')
    expect(raw).toContain('MDN-sent-automatically; displayed\r\n')
  })

  it('says that a message was deleted unread', async () => {
    await remove((await arrive('external-pass', asking)).id, '')
    expect(await list(anna)).toMatchObject([
      { subject: 'Not read: RE: Please answer', itemClass: 'REPORT.IPM.Note.IPNNRN' },
    ])
  })

  it('does not go out when the client suppresses it, or nobody asked, or it was asked not to', async () => {
    await setRead((await arrive('external-pass', asking)).id, true)
    await remove((await arrive('external-pass', asking)).id, ' SuppressReadReceipts="true"')
    await setRead((await arrive('external-pass')).id, false)
    const silent = reply({ 'Disposition-Notification-To': anna, 'X-Auto-Response-Suppress': 'RN, NRN' })
    await setRead((await arrive('external-pass', silent)).id, false)
    expect(await list(anna)).toEqual([])
  })

  it('keeps its class when it comes into a mailbox', async () => {
    const receipt = reply({
      'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=x',
    })
    await arrive('internal', receipt)
    expect(await list(approvals)).toMatchObject([{ itemClass: 'REPORT.IPM.Note.IPNRN' }])
  })
})

describe('an out-of-office answer', () => {
  const enable = (address: string, text: string | null = 'I am away until Monday.') =>
    control(simulator, 'POST', `/mailboxes/${address}/automatic-reply`, { text })

  it('comes once to each sender, as Exchange writes it', async () => {
    await enable(elodie)
    await send(message(elodie), message(elodie))
    expect(await list(approvals)).toMatchObject([
      {
        subject: 'Réponse automatique : Please answer',
        itemClass: 'IPM.Note.Rules.OofTemplate.Microsoft',
        from: elodie,
      },
    ])
    const raw = await read(approvals)
    expect(fields(raw, 'auto-submitted')).toEqual(['auto-generated'])
    expect(fields(raw, 'x-auto-response-suppress')).toEqual(['All'])
    expect(fields(raw, 'in-reply-to')).toEqual(['<r1@contoso.example>'])
    expect(fields(raw, 'return-path')).toEqual(['<>'])
  })

  it('has an ordinary class when it comes from outside', async () => {
    await enable(anna)
    await send(message(anna))
    expect(await list(approvals)).toMatchObject([
      { subject: 'Automatic reply: Please answer', itemClass: 'IPM.Note' },
    ])
  })

  it.each([
    { 'X-Auto-Response-Suppress': 'DR, OOF' },
    { 'X-Auto-Response-Suppress': 'All' },
    { 'Auto-Submitted': 'auto-generated' },
    { Precedence: 'bulk' },
  ])('does not answer a mail with %j', async (header) => {
    await enable(nadia)
    await send(message(nadia, header))
    expect(await list(approvals)).toEqual([])
  })

  it('never answers another', async () => {
    await enable(nadia)
    await enable(approvals)
    await send(message(nadia))
    expect(await list(approvals)).toHaveLength(1)
    expect(await list(nadia)).toHaveLength(1)
  })

  it('stops when it is switched off', async () => {
    await enable(nadia)
    await enable(nadia, null)
    await send(message(nadia))
    expect(await list(approvals)).toEqual([])
  })
})
