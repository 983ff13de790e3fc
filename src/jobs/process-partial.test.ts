import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { examples, people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { importProcess } from '../approvals/commands/import-process.ts'
import { processInbound } from '../inbound/process.ts'
import { countReplayed } from '../inbound/replay/count-replayed.ts'
import { replay } from '../inbound/replay/replay.ts'
import { readOnly } from '../store/read-only.ts'

const { signal } = new AbortController()

interface Sent {
  requestId: number
  actionId: string
  token: string
  messageId: string
  text: string
}

describeOnBothDatabases('replies that answer a part of several questions', (open) => {
  let floor: JobFloor
  let messages = 0

  beforeAll(async () => {
    floor = await openJobFloor(await open())
    const definition = readFileSync(join(examples, 'processes', 'investment.yaml'), 'utf8')
    await importProcess(floor.context, { definition, mailbox: 'main' })
  })
  afterAll(() => floor?.close())
  // One address gets no more than ten answers an hour.
  beforeEach(() => floor.wait(2 * 60 * 60 * 1_000))

  /** Files an investment and asks the manager about it. */
  async function ask(): Promise<Sent> {
    const data = { object: 'A press brake', amount: '48000.00' }
    const body = { process: 'investment', requester: people.requester, data }
    const { id: requestId } = (await floor.call(floor.operatorToken, 'POST', '/api/requests', body)).body
    return send(requestId, 'approval')
  }

  /** Sends the waiting mail of this kind about a request, and gives what its reader sees. */
  async function send(requestId: number, kind: 'approval' | 'asked-back'): Promise<Sent> {
    const mail = await floor.context.db
      .selectFrom('outboundMessage')
      .select(['id', 'actionId'])
      .where('requestId', '=', requestId)
      .where('kind', '=', kind)
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    await sendOutbound(floor.context, floor.mailboxes, [mail.id], signal)
    const { messageId, sentText } = await floor.mail(mail.id)
    const token = /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? ''
    return {
      requestId,
      actionId: mail.actionId ?? '',
      token,
      messageId: messageId ?? '',
      text: sentText ?? '',
    }
  }

  /** Stores a reply of the manager's; returns its id. */
  async function reply(
    { requestId, token, messageId }: Sent,
    lines: string[],
    { subject = 'RE: Investment', receivedAt = floor.now() } = {},
  ): Promise<string> {
    messages += 1
    floor.wait(1)
    return floor.store({
      raw: [
        `Received: from mailbox.contoso.example by hub.contoso.example id ${messages}`,
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: ${people.manager}`,
        'To: approvals@contoso.example',
        `Message-ID: <part-${messages}@contoso.example>`,
        `In-Reply-To: ${messageId}`,
        `Subject: ${subject} [#${requestId}-1-${token}]`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        ...lines,
      ].join('\r\n'),
      providerId: `part ${messages}`,
      receivedAt,
    })
  }

  const process = (...ids: string[]) => processInbound(floor.context, ids)
  const decisions = ({ actionId }: Sent) =>
    floor.context.db.selectFrom('decision').selectAll().where('actionId', '=', actionId).execute()

  test('lose nothing when two workers have them at once, and decide once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const asked = await ask()
      const parts = [['Q1: [Oui]'], ['Q2: [1250,00]'], ['Q3: [Production]']]
      const ids: string[] = []
      for (const part of parts) ids.push(await reply(asked, part))
      await Promise.all(ids.map((id) => process(id)))
      expect(await decisions(asked)).toMatchObject([
        { result: 'YES', answers: { Q1: 'YES', Q2: '1250.00', Q3: 'PRODUCTION' } },
      ])
    }
  })

  test('are kept once by two workers that have the same one', async () => {
    const asked = await ask()
    const id = await reply(asked, ['Q1: [Oui]'])
    await Promise.all([process(id), process(id)])
    const kept = await floor.context.db
      .selectFrom('partialAnswer')
      .select(['answers', 'asked'])
      .where('actionId', '=', asked.actionId)
      .execute()
    expect(kept).toEqual([{ answers: { Q1: 'YES' }, asked: ['Q2', 'Q3'] }])
    const mails = await floor.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', asked.requestId)
      .where('kind', '=', 'asked-back')
      .execute()
    expect(mails).toHaveLength(1)
  })

  test('keep a plain yes, which names no question, and ask for the rest', async () => {
    const asked = await ask()
    await process(await reply(asked, ['Oui']))
    expect(await decisions(asked)).toEqual([])
    const back = await send(asked.requestId, 'asked-back')
    expect(back.text).toMatch(/^Q1 Décision du responsable\s: Approuver$/m)
    await process(await reply(back, ['Q2: [1250,00]', 'Q3: [Production]']))
    expect(await decisions(asked)).toMatchObject([
      { result: 'YES', answers: { Q1: 'YES', Q2: '1250.00', Q3: 'PRODUCTION' } },
    ])
  })

  test('decide with a plain no, when that needs nothing but the comment below it', async () => {
    const asked = await ask()
    await process(await reply(asked, ['Non', '', 'Le budget est épuisé.']))
    expect(await decisions(asked)).toMatchObject([{ result: 'NO', comment: 'Le budget est épuisé.' }])
  })

  test('decide nothing, though complete, where a program seems to have written them', async () => {
    const asked = await ask()
    const lines = ['Q1: [Oui]', 'Q2: [1250,00]', 'Q3: [Production]']
    await process(await reply(asked, lines, { subject: 'Accepted: Investment' }))
    expect(await decisions(asked)).toEqual([])
    const { text } = await send(asked.requestId, 'asked-back')
    expect(text).toContain('ressemble à une réponse automatique')
  })

  test.each([
    ['what is unclear', ['Please wait, and order nothing yet']],
    ['another answer', ['Q1: [Non]']],
  ])('decide nothing when %s was worked first, which was received later', async (_, since) => {
    const asked = await ask()
    const receivedAt = floor.now()
    floor.wait(60_000)
    await process(await reply(asked, since))
    const lines = ['Q1: [Oui]', 'Q2: [1250,00]', 'Q3: [Production]']
    const first = await reply(asked, lines, { receivedAt })
    // Beside an answer of another request, it is one of those that are decided together.
    const other = await ask()
    await process(first, await reply(other, lines))
    expect(await decisions(asked)).toEqual([])
    expect(await decisions(other)).toHaveLength(1)
    await process(await reply(asked, lines))
    expect(await decisions(asked)).toMatchObject([{ result: 'YES' }])
  })

  test('are replayed with what was asked for then, which a bare word did not answer', async () => {
    const asked = await ask()
    await process(await reply(asked, ['Oui']))
    await process(await reply(asked, ['Non']))
    expect(await decisions(asked)).toEqual([])
    const { db, rawDirectory } = floor.context
    const selection = { since: null, mailboxId: null, process: null, requestId: asked.requestId }
    const { add, counts } = countReplayed()
    for await (const one of replay({ readOnly: readOnly(db), rawDirectory }, selection, null)) add(one)
    expect(counts()).toMatchObject({ same: 2, changed: 0 })
  })

  test('are read in the quote of the mail that asked for the rest, where their form stands', async () => {
    const asked = await ask()
    await process(await reply(asked, ['Q1: [Oui]', 'Q3: [Production]']))
    const back = await send(asked.requestId, 'asked-back')
    const form = back.text.split('\n').find((line) => /^Q2 .*\[ \]$/.test(line)) ?? 'no form'
    const quoted = back.text
      .split('\n')
      .map((line) => `> ${line === form ? line.replace('[ ]', '[17 500,00 €]') : line}`)
    await process(await reply(back, ['Le 25 nov. 2026, Contoso Approvals a écrit :', '', ...quoted]))
    expect(await decisions(asked)).toMatchObject([{ answers: { Q1: 'YES', Q2: '17500.00' } }])
  })
})

describeOnBothDatabases('a step of several questions that is asked again', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
    const definition = readFileSync(join(examples, 'processes', 'investment.yaml'), 'utf8')
    const last = definition.lastIndexOf('next: refused')
    const looping = `${definition.slice(0, last)}next: manager-approval${definition.slice(last + 13)}`
    await importProcess(floor.context, { definition: looping, mailbox: 'main' })
  })
  afterAll(() => floor?.close())

  test('has empty return fields for what is not answered this time', async () => {
    const data = { object: 'A press brake', amount: '48000.00' }
    const body = { process: 'investment', requester: people.requester, data }
    const { id } = (await floor.call(floor.operatorToken, 'POST', '/api/requests', body)).body
    const request = async () => (await floor.call(floor.operatorToken, 'GET', `/api/requests/${id}`)).body
    const decide = async (address: string, answer: object) => {
      const path = `/api/actions/${(await request()).actions.at(-1).id}/decide`
      expect(await floor.call(await floor.tokenFor(address), 'POST', path, answer)).toMatchObject({
        status: 200,
      })
    }
    const answers = { Q2: '1250.00', Q3: 'PRODUCTION' }
    await decide(people.manager, { result: 'YES', answers: { ...answers, Q4: '2027-07-15' } })
    expect((await request()).data).toMatchObject({ granted: '1250.00', orderBy: '2027-07-15' })
    await decide(people.finance, { result: 'NO', comment: 'Which order does this belong to?' })
    await decide(people.manager, { result: 'YES', answers })
    expect((await request()).data).toMatchObject({ granted: '1250.00', release: 'NO' })
    expect((await request()).data).not.toHaveProperty('orderBy')
  })
})
