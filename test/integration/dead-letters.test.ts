import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { processInbound } from '../../src/inbound/process.ts'
import { storeMessages } from '../../src/inbound/store-messages.ts'
import { receive } from '../../src/jobs/receive.ts'
import { OUTCOME_UNKNOWN } from '../../src/lib/outcome-unknown.ts'
import { MailError } from '../../src/mail/errors.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const { signal } = new AbortController()

describeOnBothDatabases('dead letters', (open) => {
  let floor: JobFloor
  let administrator: string
  beforeAll(async () => {
    floor = await openJobFloor(await open())
    administrator = await floor.tokenFor(people.administrator)
  })
  afterAll(() => floor?.close())
  beforeEach(async () => {
    await floor.tenant.reset()
    await floor.context.db
      .updateTable('mailbox')
      .set({ retryAt: null, sendRetryAt: null, trouble: null })
      .execute()
  })

  const list = async (query = '', locale = 'en') => {
    const headers = { 'accept-language': locale }
    const { body } = await floor.call(administrator, 'GET', `/api/dead-letters${query}`, undefined, headers)
    return body.items
  }
  const letterOf = async (id: string, locale = 'en') =>
    (await list('', locale)).find((letter: { id: string }) => letter.id === id)
  const runAgain = (id: string, body?: object) =>
    floor.call(administrator, 'POST', `/api/dead-letters/${id}/run-again`, body)
  const inboxOf = (address: string) => floor.tenant.messages(address, 'Inbox')

  const send = async () =>
    sendOutbound(floor.context, floor.mailboxes, await floor.takeJobs('send-outbound'), signal)

  /** A mail that is sent in an attempt that fails so, and nothing else. */
  async function fail(...answers: Parameters<JobFloor['tenant']['fault']>[1][]): Promise<string> {
    await floor.takeJobs('send-outbound')
    const { mailId } = await floor.write()
    await floor.tenant.fault('CreateItem', ...answers)
    await send()
    return mailId
  }

  const auditOf = async (mailId: string) => {
    const { requestId } = await floor.mail(mailId)
    return floor.context.db
      .selectFrom('auditEntry')
      .select(['payload', 'actorId'])
      .where('requestId', '=', requestId)
      .where('kind', '=', 'mail-run-again')
      .execute()
  }

  test('a refused mail is explained, and goes out to the address that its person has now', async () => {
    const mailId = await fail({ code: 'ErrorInvalidRecipients', as: 'response' })
    expect(await letterOf(mailId)).toMatchObject({
      kind: 'not-sent',
      mailbox: 'main',
      about: `${people.manager} approval`,
      code: 'ErrorInvalidRecipients',
      explanation: expect.stringMatching(/Correct the person's address/),
    })
    expect((await letterOf(mailId, 'fr')).explanation).toMatch(/Corrigez l.adresse/)

    const rename = (address: string, to: string) =>
      floor.context.db.updateTable('person').set({ address: to }).where('address', '=', address).execute()
    const before = (await inboxOf(people.finance)).length
    await rename(people.finance, 'somebody-else@contoso.example')
    await rename(people.manager, people.finance)
    expect((await runAgain(mailId)).status).toBe(204)
    await send()
    await rename(people.finance, people.manager)
    await rename('somebody-else@contoso.example', people.finance)
    expect(await floor.mail(mailId)).toMatchObject({ state: 'sent', toAddress: people.finance })
    expect(await inboxOf(people.finance)).toHaveLength(before + 1)
    expect(await letterOf(mailId)).toBeUndefined()
    const { id: actorId } = await floor.context.db
      .selectFrom('person')
      .select('id')
      .where('address', '=', people.administrator)
      .executeTakeFirstOrThrow()
    const payload = { outboundMessageId: mailId, kind: 'approval', was: 'dead', evenIfSent: false }
    expect(await auditOf(mailId)).toEqual([{ actorId, payload }])
  })

  test('a repeated call changes nothing, and neither does one for what was never given up', async () => {
    const mailId = await fail({ code: 'ErrorInvalidRecipients', as: 'response' })
    const answers = await Promise.all([runAgain(mailId), runAgain(mailId), runAgain(mailId)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409])
    expect(await auditOf(mailId)).toHaveLength(1)
    await send()
    expect((await floor.mail(mailId)).state).toBe('sent')
    expect((await runAgain(mailId)).body).toMatchObject({ code: 'message-not-given-up' })
    expect((await runAgain('01890a5d-ac96-774b-bcce-b302099a8057')).status).toBe(409)
  })

  test('a mail that nobody is asked for any more is not sent', async () => {
    const mailId = await fail({ code: 'ErrorInvalidRecipients', as: 'response' })
    const { requestId } = await floor.mail(mailId)
    await floor.call(administrator, 'POST', `/api/requests/${requestId}/cancel`)
    expect((await runAgain(mailId)).status).toBe(204)
    await send()
    expect((await floor.mail(mailId)).state).toBe('cancelled')
  })

  /** A mail whose answer was lost and of which the mailbox cannot tell until we gave it up. */
  async function neverKnown(answer: 'cut' | 'cutAfter'): Promise<string> {
    const mailId = await fail(answer)
    let asked = 0
    while ((await floor.mail(mailId)).state === 'unknown') {
      await floor.tenant.fault('FindItem', { status: 503 })
      floor.wait((await floor.mail(mailId)).nextAttemptAt.getTime() - floor.now().getTime())
      await floor.context.db.updateTable('mailbox').set({ retryAt: null, sendRetryAt: null }).execute()
      await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
      asked += 1
      if (asked > 1_000) throw new Error('it is asked without end')
    }
    // Soon at first, then each quarter of an hour for three days.
    expect(asked).toBeGreaterThan(288)
    expect(asked).toBeLessThan(330)
    return mailId
  }

  test('a mail of unknown outcome is given up after three days, and found when it is run again', async () => {
    const before = (await inboxOf(people.manager)).length
    const mailId = await neverKnown('cutAfter')
    expect(await letterOf(mailId)).toMatchObject({
      kind: 'outcome-unknown',
      code: OUTCOME_UNKNOWN,
      explanation: expect.stringContaining('--even-if-sent'),
    })
    const told = await floor.context.db
      .selectFrom('outboundMessage')
      .select('payload')
      .where('requestId', '=', (await floor.mail(mailId)).requestId)
      .where('kind', '=', 'undelivered')
      .execute()
    expect(told).toMatchObject([{ payload: { status: OUTCOME_UNKNOWN } }])

    expect((await runAgain(mailId)).status).toBe(204)
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    expect((await floor.mail(mailId)).state).toBe('sent')
    expect(await inboxOf(people.manager)).toHaveLength(before + 1)
  })

  test('a mail of unknown outcome is sent when the operator says so, though it may arrive twice', async () => {
    const before = (await inboxOf(people.manager)).length
    const mailId = await neverKnown('cutAfter')
    expect((await runAgain(mailId, { evenIfSent: true })).status).toBe(204)
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    expect((await floor.mail(mailId)).state).toBe('sent')
    expect(await inboxOf(people.manager)).toHaveLength(before + 2)
    expect(await auditOf(mailId)).toMatchObject([{ payload: { evenIfSent: true } }])
  })

  test('a mail that came back goes out under a new Message-ID', async () => {
    await floor.takeJobs('send-outbound')
    const { mailId } = await floor.write()
    await send()
    const first = await floor.mail(mailId)
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ state: 'undelivered', error: JSON.stringify({ code: '5.2.2', message: 'returned' }) })
      .where('id', '=', mailId)
      .execute()
    expect(await letterOf(mailId)).toMatchObject({
      kind: 'undelivered',
      explanation: expect.stringContaining('full'),
    })
    floor.wait(24 * 3_600_000)
    expect((await runAgain(mailId)).status).toBe(204)
    await send()
    const second = await floor.mail(mailId)
    expect(second).toMatchObject({ state: 'sent', error: null, sendingSince: floor.now() })
    expect(second.messageId).not.toBe(first.messageId)
  })

  test('a message that could not be read is read anew, once', async () => {
    const id = await floor.store({ raw: 'no header', providerId: 'damaged' })
    await processInbound(floor.context, [id])
    expect(await letterOf(id)).toMatchObject({
      kind: 'not-processed',
      code: 'unreadable',
      explanation: expect.stringContaining('answer again'),
    })
    // What an update would have mended.
    await floor.context.db
      .updateTable('inboundMessage')
      .set({
        raw: Buffer.from('From: a@fabrikam.example\r\n\r\nYes'),
        rawSha256: '8bafcf7f8d1e4c7d9fd1cc1ed05ba1cbdb2c3b09b04cbf1ec5a33e2f1b0a9f00',
      })
      .where('id', '=', id)
      .execute()
    expect((await runAgain(id)).status).toBe(204)
    expect(await floor.takeJobs('process-inbound')).toContain(id)
    for (let attempt = 1; attempt <= 5; attempt += 1) await processInbound(floor.context, [id])
    const letter = await letterOf(id)
    expect(letter).toMatchObject({ attempts: 5, code: 'raw-altered' })
    expect(letter.explanation).toContain(id)
    expect((await runAgain(id)).status).toBe(204)
    expect((await runAgain(id)).status).toBe(409)
  })

  test('what could not be fetched is fetched anew, or leaves the list when it is gone', async () => {
    const error = new MailError('Exchange answered ErrorCorruptData', {
      kind: 'refused',
      retry: 'never',
      providerCode: 'ErrorCorruptData',
    })
    const failed = [{ providerId: 'AAMkgone', error }]
    await storeMessages(floor.context, { mailboxId: floor.mailboxId, messages: [], failed, cursor: null })
    const [letter] = await list()
    expect(letter).toMatchObject({ kind: 'not-fetched', code: 'ErrorCorruptData', attempts: 1 })
    await floor.takeJobs('receive')
    expect((await runAgain(letter.id)).status).toBe(204)
    expect(await floor.takeJobs('receive')).toEqual([floor.mailboxId])
    expect(await letterOf(letter.id)).toBeUndefined()
    await receive(floor.context, floor.mailboxes, floor.mailboxId, signal)
    expect(await floor.context.db.selectFrom('failedFetch').select('id').execute()).toEqual([])
  })

  test('what cannot be fetched is given up after thirty attempts, each later than the one before', async () => {
    const error = new MailError('Exchange answered ErrorInternalServerError', {
      kind: 'protocol',
      retry: 'later',
      providerCode: 'ErrorInternalServerError',
    })
    const failed = [{ providerId: 'again-and-again', error }]
    const rowOf = () =>
      floor.context.db
        .selectFrom('failedFetch')
        .selectAll()
        .where('providerId', '=', 'again-and-again')
        .executeTakeFirstOrThrow()
    const fail = () =>
      storeMessages(floor.context, { mailboxId: floor.mailboxId, messages: [], failed, cursor: null })
    const start = floor.now().getTime()
    for (let attempt = 1; attempt < 30; attempt += 1) {
      await fail()
      const { nextAttemptAt } = await rowOf()
      expect(nextAttemptAt?.getTime()).toBeGreaterThan(floor.now().getTime())
      floor.wait((nextAttemptAt?.getTime() ?? 0) - floor.now().getTime())
    }
    expect(floor.now().getTime() - start).toBeGreaterThan(5 * 3_600_000)
    await fail()
    const { id, nextAttemptAt } = await rowOf()
    expect(nextAttemptAt).toBeNull()
    expect(await letterOf(id)).toMatchObject({ attempts: 30 })
  })

  test('are listed newest first, by page and mailbox', async () => {
    const refused = { kind: 'refused', retry: 'never', providerCode: 'ErrorCorruptData' } as const
    const failed = ['first', 'second'].map((providerId) => ({
      providerId,
      error: new MailError('Exchange answered ErrorCorruptData', refused),
    }))
    await storeMessages(floor.context, { mailboxId: floor.mailboxId, messages: [], failed, cursor: null })
    const all = await list('?limit=200')
    expect(all.length).toBeGreaterThanOrEqual(2)
    const ids = all.map(({ id }: { id: string }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    const paged: string[] = []
    for (let after = ''; ; ) {
      const { body } = await floor.call(administrator, 'GET', `/api/dead-letters?limit=1${after}`)
      paged.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(paged).toEqual(ids)
    expect(await list('?mailbox=other')).toEqual([])
    expect(await list('?mailbox=main&limit=200')).toEqual(all)
  })

  test('are run again by administrators whose token may write', async () => {
    const reader = await floor.tokenFor(people.administrator, ['messages:read'])
    const id = '01890a5d-ac96-774b-bcce-b302099a8057'
    const path = `/api/dead-letters/${id}/run-again`
    expect((await floor.call(reader, 'POST', path)).body).toMatchObject({ code: 'scope-missing' })
    const member = await floor.tokenFor(people.manager)
    expect((await floor.call(member, 'POST', path)).body).toMatchObject({ code: 'not-allowed' })
  })
})
