/** A test message is read as those of a mailbox are, and nothing follows from it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { storedReplies } from '../support/stored-replies.ts'

const tables = ['inbound_message', 'outbound_message', 'decision', 'audit_entry', 'action', 'partial_answer']

describeOnBothDatabases('a test message', (open) => {
  let api: SampleApi
  let auditor: string
  beforeAll(async () => {
    api = await openSampleApi(await open())
    auditor = await api.tokenFor(people.administrator)
  })
  afterAll(() => api.close())

  const mail = (text: string, subject = 'RE: Purchase') =>
    `From: Elodie <${people.manager}>\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`
  const attempt = (query: string, message: string, headers = {}) =>
    api.call(auditor, 'POST', `/api/messages/try?${query}`, message, {
      'content-type': 'message/rfc822',
      ...headers,
    })

  /** Every row there is, of whatever a message could change. */
  async function everything(): Promise<unknown> {
    const counted = await Promise.all(
      tables.map((table) => sql`select * from ${sql.table(table)} order by 1, 2`.execute(api.context.db)),
    )
    return counted.map(({ rows }) => rows)
  }

  test('is read against what a request waits for, with the words that decide, and changes nothing', async () => {
    const { requestId } = await storedReplies(api.context).ask()
    const before = await everything()
    const { body } = await attempt(`request=${requestId}`, mail('Oui\r\n\r\nAvant le 15, merci.'), {
      'accept-language': 'fr',
    })
    expect(body).toMatchObject({
      from: [people.manager],
      subject: 'RE: Purchase',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      against: { request: requestId, action: 1, person: { address: people.manager } },
      reading: { kind: 'answers', answers: { Q1: 'YES' }, comment: 'Avant le 15, merci.' },
      follows: expect.stringContaining('Approuver'),
    })
    expect(await everything()).toEqual(before)
  })

  test('is read against a step, in the language of whom it would ask; a tag in it stays masked', async () => {
    const query = 'process=purchase&step=manager-approval&locale=fr'
    const subject = 'RE: x [#42-7-abcdefghijklmnop]'
    const { body, text } = await attempt(query, mail('Oui, si le prix baisse', subject))
    expect(body).toMatchObject({
      against: { request: null, person: null },
      reading: { kind: 'unclear', reason: 'conditional' },
    })
    expect(text).not.toContain('abcdefghijklmnop')
  })

  test('is refused where it cannot be read or answers nothing that there is', async () => {
    const refusals = [
      ['request=999999', mail('Oui'), 'request-not-found'],
      ['process=nothing&step=x', mail('Oui'), 'process-not-found'],
      ['process=purchase&step=x', mail('Oui'), 'step-not-found'],
      ['', mail('Oui'), 'invalid-input'],
      ['process=purchase&step=manager-approval', 'no header', 'message-unreadable'],
      ['request=1', 'x'.repeat(30 * 1024 * 1024 + 1), 'payload-too-large'],
    ] as const
    for (const [query, message, code] of refusals) {
      expect((await attempt(query, message)).body, query).toMatchObject({ code })
    }
    const other = await api.call(auditor, 'POST', '/api/messages/try?request=1', { raw: 'x' })
    expect(other.body).toMatchObject({ status: 415, code: 'unsupported-media-type' })
  })
})
