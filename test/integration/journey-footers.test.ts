import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FooterView } from '../../src/api/routes/footers/footer-view.ts'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Config } from '../../src/config/read-config.ts'
import { forgetFooters } from '../../src/inbound/footers/forget-footers.ts'
import { processInbound } from '../../src/inbound/process.ts'
import { storeMessages } from '../../src/inbound/store-messages.ts'
import { after } from '../../src/lib/clock.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

const definition = `
name: order
title: { en: Order }
requestTitle: { en: Order }
fields:
  - { name: approver, type: text, person: true, label: { en: Approver }, required: true }
  - { name: decision, type: choice, filledBy: approver, label: { en: Decision } }
steps:
  - name: approve
    title: { en: Approve }
    assignee: { field: approver }
    question:
      text: { en: Do you approve? }
      returnField: decision
      choices:
        - { result: "YES", label: { en: Approve }, keywords: { en: ["Yes"] }, next: approved }
        - { result: "NO", label: { en: Refuse }, keywords: { en: ["No"] }, next: refused }
endings:
  approved: { en: Approved }
  refused: { en: Refused }
`

describeOnBothDatabases('footers of the people of a domain', (open) => {
  let api: SampleApi
  let administrator: string
  let now = new Date('2026-11-02T09:00:00Z')
  let replies = 0
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => now })
    await importProcess(api.context, { definition, mailbox: null })
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api?.close())

  /** Ten people of a domain. */
  async function hire(domain: string): Promise<string[]> {
    const staff = Array.from({ length: 10 }, (_, at) => `person${at}@${domain}`)
    await importPeople(
      api.context,
      JSON.stringify({ people: staff.map((address) => ({ address, name: address, locale: 'en' })) }),
    )
    return staff
  }

  /** Somebody is asked and answers this; returns the id of the message, which waits to be processed. */
  async function write(person: string, text: string, { proven = true } = {}): Promise<string> {
    const body = { process: 'order', requester: people.requester, data: { approver: person } }
    const { id: requestId } = (await api.call(api.operatorToken, 'POST', '/api/requests', body)).body
    const { db, keys } = api.context
    const { nonce, keyId } = await db
      .selectFrom('replyToken')
      .innerJoin('action', 'action.id', 'replyToken.actionId')
      .select(['nonce', 'keyId'])
      .where('requestId', '=', requestId)
      .executeTakeFirstOrThrow()
    replies += 1
    const providerId = `reply-${replies}`
    const raw = [
      ...(proven ? ['X-MS-Exchange-Organization-AuthAs: Internal'] : []),
      `From: ${person}`,
      'To: approvals@contoso.example',
      `Subject: RE: Order [#${requestId}-1-${keys.replyToken(nonce, keyId)}]`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      text.replaceAll('\n', '\r\n'),
    ].join('\r\n')
    const mailbox = await db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    const message = { providerId, folder: 'inbox', receivedAt: now, raw: Buffer.from(raw) } as const
    await storeMessages(api.context, {
      mailboxId: mailbox.id,
      messages: [{ ...message, originalOctets: false, transportHeaders: null, itemClass: 'IPM.Note' }],
      failed: [],
      cursor: null,
    })
    const { id } = await db
      .selectFrom('inboundMessage')
      .select('id')
      .where('providerId', '=', providerId)
      .executeTakeFirstOrThrow()
    return id
  }

  async function reply(person: string, text: string, options?: { proven: boolean }) {
    const id = await write(person, text, options)
    await processInbound(api.context, [id])
    const { body } = await api.call(administrator, 'GET', `/api/messages/${id}`)
    return { id, outcome: body.outcome, decision: body.decision, reading: body.reading }
  }

  /** The first three people write this on two days. */
  async function teach(staff: string[], text: string): Promise<void> {
    for (const share of [staff.slice(0, 3), staff.slice(0, 2)]) {
      const ids: string[] = []
      for (const person of share) ids.push(await write(person, text))
      await processInbound(api.context, ids)
      now = after(now, DAY_MS)
    }
  }

  async function footers(domain: string): Promise<FooterView[]> {
    return (await api.call(administrator, 'GET', `/api/footers?domain=${domain}`)).body.items
  }

  const turn = (id: string | undefined, state: string) =>
    api.call(administrator, 'PUT', `/api/footers/${id}`, { state })

  test('are learned, listed, switched off and on', async () => {
    const domain = 'fabrikam.example'
    const staff = await hire(domain)
    const [first = '', second = '', third = '', fourth = ''] = staff
    const footer = 'Fabrikam Oy, Mannerheimintie 12, 00100 Helsinki'

    // In a language that is read plainly anything below the answer makes it unclear.
    expect(await reply(first, `Kyllä\n\n${footer}`)).toMatchObject({ outcome: 'asked-back', decision: null })
    expect(await reply(second, `Yes\n\n${footer}`)).toMatchObject({ decision: { comment: footer } })
    now = after(now, DAY_MS)
    for (const person of [first, second]) await reply(person, `Yes\n\n${footer}`)
    expect(await footers(domain)).toEqual([])
    const last = await reply(third, `Yes\nBefore the 15th, thanks\n\n${footer}`)
    const [found] = await footers(domain)
    expect(found).toMatchObject({
      ...{ domain, line: footer, state: 'learned', exampleMessageId: last.id, switchedAt: null },
      evidence: { people: 3, mails: 5, firstSeen: '2026-11-02', lastSeen: '2026-11-03' },
    })

    expect(await reply(fourth, `Kyllä\n\n${footer}`)).toMatchObject({
      outcome: 'decided',
      decision: { result: 'YES', comment: '' },
    })
    const wrapped = `No\nToo dear.\n\nFabrikam Oy, Mannerheimintie 12,\n00100 Helsinki\n\nSent from my iPhone`
    const { decision, reading } = await reply(fourth, wrapped)
    expect(decision).toMatchObject({ result: 'NO', comment: 'Too dear.' })
    expect(reading.trace.filter(({ rule }: { rule: string }) => rule === 'learned-footer')).toHaveLength(1)

    expect((await turn(found?.id, 'off')).body).toMatchObject({
      state: 'off',
      switchedAt: now.toISOString(),
      switchedBy: { address: people.administrator },
    })
    expect(await reply(fourth, `Kyllä\n\n${footer}`)).toMatchObject({ outcome: 'asked-back' })
    await teach(staff, `Yes\n\n${footer}`)
    expect(await footers(domain)).toMatchObject([{ id: found?.id, state: 'off' }])
    expect(await reply(fourth, `Yes\n\n${footer}`)).toMatchObject({ decision: { comment: footer } })

    expect((await turn(found?.id, 'on')).status).toBe(200)
    expect(await reply(fourth, `Kyllä\n\n${footer}`)).toMatchObject({ outcome: 'decided' })
    expect((await turn('019ab2d4-0000-7000-8000-000000000000', 'on')).body).toMatchObject({
      code: 'footer-not-found',
    })
  })

  test('that may be a condition wait for an administrator', async () => {
    const domain = 'litware.example'
    const staff = await hire(domain)
    const footer = 'Litware, only the best for your office since 1987'
    await teach(staff, `Yes\n\n${footer}`)
    const [found] = await footers(domain)
    expect(found).toMatchObject({ state: 'proposed', line: footer })
    expect(await reply(staff[4] ?? '', `Yes\n\n${footer}`)).toMatchObject({ outcome: 'asked-back' })
    await turn(found?.id, 'on')
    expect(await reply(staff[4] ?? '', `Yes\n\n${footer}`)).toMatchObject({ decision: { comment: '' } })
    // What stands above it is read as before.
    expect(await reply(staff[5] ?? '', `Yes\nonly the small ones\n\n${footer}`)).toMatchObject({
      outcome: 'asked-back',
    })
  })

  test.each([
    'but only if under 500',
    'Under reserve of the budget, only then',
    'Sous réserve de validation du budget',
    'Not before March',
    'No',
    'OK pour moi',
    'HELP',
    'Bonne journée',
  ])('are never taught by writing %j below every answer', async (line) => {
    const domain = `taught-${replies}.example`
    const staff = await hire(domain)
    await teach(staff, `Yes\n\n${line}`)
    expect(await footers(domain).then((found) => found.filter(({ state }) => state !== 'proposed'))).toEqual(
      [],
    )
    const before = await reply('thomas.berger@contoso.example', `Yes\n\n${line}`)
    const taught = await reply(staff[6] ?? '', `Yes\n\n${line}`)
    expect([taught.outcome, taught.reading.reason]).toEqual([before.outcome, before.reading.reason])
  })

  test('are not learned of one or two people, of one day, of the unproven, or where they are rare', async () => {
    const [one = '', two = '', three = '', four = '', five = ''] = await hire('proseware.example')
    const days = async (people: string[], text: string, { proven = true, count = 4 } = {}) => {
      for (let day = 0; day < count; day += 1) {
        for (const person of people) await reply(person, text, { proven })
        now = after(now, DAY_MS)
      }
    }
    await days([one, two], 'Yes\n\nProseware of two people')
    await days([one, two, three, four, five], 'Yes\n\nProseware of one day', { count: 1 })
    await days([one, two, three], 'Yes\n\nProseware of the unproven', { proven: false })
    await days([one, two, three], 'Yes\n\nProseware that is rare', { count: 1 })
    await days([one, two, three], 'Yes', { count: 3 })
    await days([one, two, three], 'Yes\n\nProseware that is rare', { count: 1 })
    await days([one, two, three], 'Yes\n\nProseware above a signature\n\nRegards\nProseware')
    expect(await footers('proseware.example')).toEqual([])
  })

  test('are not learned of a public mail provider', async () => {
    const staff = await hire('gmail.com')
    await teach(staff, 'Yes\n\nGet the app today')
    expect(await footers('gmail.com')).toEqual([])
    const { rows } = await countSightings('gmail.com')
    expect(rows).toBe(0)
  })

  async function countSightings(domain: string) {
    const { rows } = await api.context.db
      .selectFrom('footerSighting')
      .select((from) => from.fn.countAll<number>().as('rows'))
      .where('domain', '=', domain)
      .executeTakeFirstOrThrow()
    return { rows }
  }

  test('are counted right by two workers at once, and bounded for each person and day', async () => {
    const domain = 'wingtip.example'
    const staff = await hire(domain)
    const footer = 'Wingtip Toys, Market Street, Springfield'
    const halves: string[][] = [[], []]
    for (const [at, person] of staff.entries()) {
      for (let copy = 0; copy < 4; copy += 1) {
        const lines = Array.from({ length: 5 }, (_, line) => `Toys of ${person} in mail ${copy} line ${line}`)
        halves[(at + copy) % 2]?.push(await write(person, `Yes\n\n${lines.join('\n')}\n${footer}`))
      }
    }
    await Promise.all(halves.map((ids) => processInbound(api.context, ids)))
    const seen = await api.context.db
      .selectFrom('footerSighting')
      .select(['personId', 'digest'])
      .where('domain', '=', domain)
      .execute()
    const digest = api.context.keys.digestText('wingtip toys market street springfield')
    expect(seen.filter((one) => one.digest === digest)).toHaveLength(staff.length)
    for (const { personId } of seen) {
      // What one batch brings is not counted before it is in.
      expect(seen.filter((one) => one.personId === personId).length).toBeLessThanOrEqual(24)
    }
    now = after(now, DAY_MS)
    await reply(staff[0] ?? '', `Yes\n\n${footer}`)
    expect(await footers(domain)).toMatchObject([{ line: footer, evidence: { people: 10, mails: 11 } }])
  })

  test('are forgotten when nobody writes them any more, but for what an administrator has switched', async () => {
    const domain = 'tailspin.example'
    const staff = await hire(domain)
    await teach(staff, 'Yes\n\nTailspin Aviation, Hangar Road')
    await teach(staff, 'Yes\n\nTailspin flies you home')
    await teach(staff, 'Yes\n\nTailspin Aviation, Hangar Road\nTailspin flies you home')
    await reply(staff[0] ?? '', 'Yes\n\nA line of one person')
    const [home, road] = await footers(domain)
    await turn(road?.id, 'off')
    const before = await countSightings(domain)
    now = after(now, 31 * DAY_MS)
    await forgetFooters(api.context)
    expect(await countSightings(domain)).toEqual({ rows: before.rows - 1 })
    expect(await footers(domain)).toHaveLength(2)
    now = after(now, 60 * DAY_MS)
    await forgetFooters(api.context)
    expect(await countSightings(domain)).toEqual({ rows: 0 })
    expect(await footers(domain)).toMatchObject([
      { id: road?.id, state: 'off', evidence: { people: 0, mails: 0, firstSeen: null, lastSeen: null } },
    ])
    expect(home?.line).toBe('Tailspin flies you home')
  })

  test('are listed and switched at the command line, in both languages', async () => {
    const domain = 'alpine.example'
    await teach(await hire(domain), 'Yes\n\nAlpine Ski House')
    const run = async (locale: 'en' | 'fr', ...args: string[]) => {
      let stdout = ''
      const stream = new Writable({
        write(chunk, _, done) {
          stdout += chunk
          done()
        },
      })
      const { server, operatorToken } = api
      const app = {
        ...{ server, operatorToken, hasPages: true },
        publish: async () => undefined,
        close: async () => undefined,
      }
      const code = await runCli(args, {
        readConfig: () =>
          ({
            databaseUrl: 'postgres://in.process',
            logLevel: 'warn',
            host: '127.0.0.1',
            port: 8080,
          }) as Config,
        openApp: async () => app,
        ...{ locale, colours: false, stdout: stream, stderr: stream },
      })
      return { code, stdout }
    }
    const json = JSON.parse((await run('en', 'footer', 'list', '--domain', domain, '--json')).stdout)
    const id = json.items[0].id
    expect(json.items).toMatchObject([{ line: 'Alpine Ski House', state: 'learned' }])
    const listed = await run('fr', 'footer', 'list', '--domain', domain)
    expect(listed.stdout).toContain(`${id}  ${domain}  learned  Alpine Ski House`)
    expect(listed.stdout).toContain('Vu chez 3 personnes, dans 5 e-mails')
    expect((await run('fr', 'footer', 'off', id)).stdout).toContain('Laissé dans les réponses')
    expect((await run('en', 'footer', 'on', id)).stdout).toContain(
      'Taken off replies from now on: Alpine Ski House',
    )
    expect((await run('en', 'footer', 'list', '--state', 'proposed', '--domain', domain)).stdout).toContain(
      'No footer has been found.',
    )
    const missing = await run('en', 'footer', 'off', '019ab2d4-0000-7000-8000-000000000000')
    expect(missing).toMatchObject({ code: 1 })
    expect(missing.stdout).toContain('countersign footer list')
  })
})
