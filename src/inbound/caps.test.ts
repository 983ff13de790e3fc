import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type JobFloor, openJobFloor } from '../../test/support/open-job-floor.ts'
import { people } from '../../test/support/sample-api.ts'
import { sendOutbound } from '../../test/support/send-outbound.ts'
import { processInbound } from './process.ts'

const HOUR_MS = 60 * 60 * 1_000
const { signal } = new AbortController()

describeOnBothDatabases('a sender who floods us', (open) => {
  let floor: JobFloor
  let count = 0
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())

  async function ask(): Promise<{ requestId: number; token: string }> {
    const { requestId, mailId } = await floor.write()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const { messageId } = await floor.mail(mailId)
    return { requestId, token: /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? '' }
  }

  /** So many replies of the manager, one after another; returns what became of each. */
  async function reply(token: string, words: string, times = 1, headers: string[] = []): Promise<string[]> {
    const outcomes: string[] = []
    for (let time = 0; time < times; time += 1) {
      count += 1
      const lines = [
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: ${people.manager}`,
        'To: approvals@contoso.example',
        `Message-ID: <${count}@contoso.example>`,
        `Subject: RE: Purchase [#1-1-${token}]`,
        ...headers,
        '',
        words,
      ]
      const id = await floor.store({ raw: lines.join('\r\n'), providerId: `reply ${count}` })
      await processInbound(floor.context, [id])
      const row = await floor.context.db
        .selectFrom('inboundMessage')
        .select('outcome')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      outcomes.push(row.outcome ?? '')
    }
    return outcomes
  }

  const answersTo = async (requestId: number) =>
    floor.context.db
      .selectFrom('outboundMessage')
      .select('id')
      .where('requestId', '=', requestId)
      .where('inReplyTo', 'is not', null)
      .execute()

  const heldEntries = async (requestId: number) =>
    floor.context.db
      .selectFrom('auditEntry')
      .select('payload')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'reply-held')
      .execute()

  const comments = (times: number) => Array.from({ length: times }, () => 'commented')
  const held = (times: number) => Array.from({ length: times }, () => 'held')

  test('is answered ten times an hour and twenty times a day', async () => {
    const { requestId, token } = await ask()
    for (const answered of [10, 20, 20]) {
      await reply(token, 'COMMENT: once more', 12)
      expect(await answersTo(requestId)).toHaveLength(answered)
      floor.wait(HOUR_MS)
    }
    floor.wait(24 * HOUR_MS)
    await reply(token, 'COMMENT: once more')
    expect(await answersTo(requestId)).toHaveLength(21)
  })

  test('has twenty messages about an action worked an hour; the others are held, one is noted, and the answer still counts', async () => {
    floor.wait(48 * HOUR_MS)
    const { requestId, token } = await ask()
    expect(await reply(token, 'COMMENT: once more', 25)).toEqual([...comments(20), ...held(5)])
    expect(await heldEntries(requestId)).toMatchObject([{ payload: { reasons: ['hourly-cap'] } }])
    expect(await answersTo(requestId)).toHaveLength(10)
    const listed = await floor.call(
      floor.operatorToken,
      'GET',
      `/api/messages/inbound?outcome=held&request=${requestId}`,
    )
    expect(listed.body.items).toHaveLength(5)
    // Another action of theirs is another matter.
    const other = await ask()
    expect(await reply(other.token, 'COMMENT: this one')).toEqual(comments(1))
    floor.wait(HOUR_MS)
    expect(await reply(token, 'COMMENT: an hour later')).toEqual(comments(1))
    await reply(token, 'COMMENT: once more', 25)
    expect(await reply(token, 'Yes')).toEqual(['decided'])
  })

  test('whose replies are automatic is held too: a loop of absences does not fill the history', async () => {
    floor.wait(48 * HOUR_MS)
    const { requestId, token } = await ask()
    const automatic = ['Auto-Submitted: auto-replied']
    const outcomes = await reply(token, 'I am away.', 22, automatic)
    expect(outcomes).toEqual([...Array.from({ length: 20 }, () => 'automatic'), ...held(2)])
    const entries = await floor.context.db
      .selectFrom('auditEntry')
      .select('kind')
      .where('requestId', '=', requestId)
      .where('kind', 'in', ['automatic-reply', 'reply-held'])
      .execute()
    expect(entries).toHaveLength(21)
  })
})
