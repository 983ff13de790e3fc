/** The audit of all requests: looked through, in words, as a file, and held against signed checkpoints. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPersonByAddress } from '../../src/people/find-person.ts'
import { appendAudit } from '../../src/store/audit.ts'
import { writeCheckpoint } from '../../src/store/audit-checkpoint.ts'
import { openSigningKey, type SigningKey } from '../../src/store/signing-key.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'
import { storedReplies } from '../support/stored-replies.ts'

interface Entry {
  id: string
  request: { id: number }
  sequence: number
  kind: string
  said: string
  door: string | null
  comment: string
  by: { name: string } | null
}

describeOnBothDatabases('the audit of all requests', (open) => {
  let api: SampleApi
  let auditor: string
  let directory: string
  let signingKey: SigningKey
  /** The entries that `fill` has made, in the order in which the list has them. */
  let first: number
  let second: number
  const now = new Date('2026-11-24T09:00:00Z')

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-audit-'))
    const opened = await openSigningKey({ file: null, dataDirectory: directory })
    if (opened === null) throw new Error('no signing key')
    signingKey = opened
    api = await openSampleApi(await open(), { clock: () => new Date(now), signingKey })
    auditor = await api.tokenFor(people.administrator)
    const replies = storedReplies(api.context)
    const one = await replies.ask()
    first = one.requestId
    now.setUTCDate(25)
    await replies.reply(one.reference, 'Oui\r\n\r\n=HYPERLINK("https://evil.example")\r\n')
    now.setUTCDate(26)
    const requester = await api.tokenFor(people.requester)
    const made = await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    second = made.body.id
    await api.call(requester, 'POST', `/api/requests/${second}/cancel`)
  })
  afterAll(async () => {
    await api.close()
    await rm(directory, { recursive: true, force: true })
  })

  const get = (url: string, language = 'en') =>
    api.call(auditor, 'GET', url, undefined, { 'accept-language': language })
  const list = async (query = '', language = 'en'): Promise<Entry[]> =>
    (await get(`/api/audit/entries?${query}`, language)).body.items
  const kinds = (entries: Entry[]) => entries.map(({ kind }) => kind)

  test('is told in words, newest first, in the language of the reader', async () => {
    const entries = await list(`request=${first}`)
    expect(entries.map(({ said, door }) => [said, door])).toEqual([
      [expect.stringMatching(/: an answer was asked of Thomas Berger$/), null],
      [expect.stringMatching(/^Élodie Gagnon decided .+: Approve$/), 'mail'],
      [expect.stringMatching(/: an answer was asked of Élodie Gagnon$/), null],
      [expect.stringMatching(/^(The system|Nadia Belkacem) made the request/), null],
    ])
    const french = await list(`request=${first}&kind=action-decided`, 'fr')
    expect(french[0]?.said).toMatch(/Élodie Gagnon a décidé «\u00a0Approuver\u00a0»$/)
    expect(french[0]?.comment).toContain('evil.example')
  })

  test('is filtered by request, person, kind and period, each with the others', async () => {
    expect(kinds(await list(`request=${second}`))).toEqual([
      'request-cancelled',
      'action-opened',
      'request-created',
    ])
    const byManager = await list('person=e.gagnon@contoso.example')
    expect(kinds(byManager)).toEqual(['action-decided'])
    expect(kinds(await list('person=nobody@nowhere.example'))).toEqual([])
    expect(kinds(await list('kind=request-cancelled'))).toEqual(['request-cancelled'])
    const onThe25th = 'since=2026-11-25T00:00:00Z&until=2026-11-26T00:00:00Z'
    expect(kinds(await list(onThe25th))).toEqual(['action-opened', 'action-decided'])
    expect(kinds(await list(`${onThe25th}&kind=action-decided&person=${people.manager}`))).toEqual([
      'action-decided',
    ])
    expect(await list(`${onThe25th}&request=${second}`)).toEqual([])
    const refused = await get('/api/audit/entries?kind=whatever')
    expect(refused.body).toMatchObject({ status: 400, code: 'invalid-input' })
  })

  test('is paged by key: entries of one moment neither repeat nor are left out, and new ones move nothing', async () => {
    const person = await findPersonByAddress(api.context.db, people.manager)
    const append = () =>
      api.context.db.transaction().execute((tx) =>
        appendAudit(tx, {
          requestId: second,
          at: new Date(now),
          kind: 'action-commented',
          actorId: person?.id ?? null,
          payload: { comment: 'again' },
        }),
      )
    for (let count = 0; count < 5; count += 1) await append()
    const whole = await list('limit=200')
    const paged: string[] = []
    let after = ''
    do {
      const { body } = await get(`/api/audit/entries?limit=3${after && `&after=${after}`}`)
      paged.push(...body.items.map(({ id }: Entry) => id))
      after = body.next
      await append()
    } while (after !== null)
    expect(paged).toEqual(whole.map(({ id }) => id))
    const gone = await get('/api/audit/entries?after=999999-1')
    expect(gone.body).toMatchObject({ status: 404, code: 'audit-entry-not-found' })
  })

  test('an entry opens with its facts and the digests that hold it in the chain; reply tokens are masked', async () => {
    const [opened, decided] = await list(`request=${first}&limit=2`)
    const entry = (await get(`/api/audit/entries/${decided?.id}`)).body
    expect(entry).toMatchObject({
      payload: { door: 'mail', result: 'YES', rawSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const next = (await get(`/api/audit/entries/${opened?.id}`)).body
    expect(next.previousDigest).toBe(entry.digest)
    await api.context.db.transaction().execute((tx) =>
      appendAudit(tx, {
        requestId: first,
        at: new Date(now),
        kind: 'action-commented',
        actorId: null,
        payload: { comment: 'look [#42-7-abcdefghijklmnop]' },
      }),
    )
    const [commented] = await list(`request=${first}&limit=1`)
    expect(commented?.comment).toBe('look [#42-7-••••••••••••••••]')
    for (const id of ['999999-1', '1-99999', '9999999999-1']) {
      expect((await get(`/api/audit/entries/${id}`)).body.code).toBe('audit-entry-not-found')
    }
    expect((await get('/api/audit/entries/1-0')).status).toBe(400)
  })

  test('an erased payload leaves its digest', async () => {
    const { db } = api.context
    const at = { requestId: second, sequence: 1 }
    const erase = (payload: string | null) =>
      db
        .updateTable('auditEntry')
        .set({ payload })
        .where('requestId', '=', at.requestId)
        .where('sequence', '=', at.sequence)
        .execute()
    const before = (await get(`/api/audit/entries/${second}-1`)).body
    await erase(null)
    const after = (await get(`/api/audit/entries/${second}-1`)).body
    await erase(JSON.stringify(before.payload))
    expect(after).toMatchObject({ payload: null, payloadDigest: before.payloadDigest, digest: before.digest })
  })

  test('is exported as filtered: as lines with digests, and for a spreadsheet in which nothing runs', async () => {
    const lines = await get(`/api/audit/export?format=jsonl&request=${first}`)
    expect(lines.headers['content-disposition']).toBe('attachment; filename="audit.jsonl"')
    const exported = lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const listed = await list(`request=${first}&limit=200`)
    expect(exported.map(({ id }: Entry) => id)).toEqual(listed.map(({ id }) => id))
    expect(exported.at(-1)).toMatchObject({ sequence: 1, payload: { requester: people.requester } })

    const sheet = await get(`/api/audit/export?format=csv&kind=action-decided&locale=fr`)
    expect(sheet.headers['content-type']).toBe('text/csv; charset=utf-8')
    const [heading, row, end] = sheet.text.split('\r\n')
    expect(heading).toMatch(/^\ufeff"Date et heure \(UTC\)","Demande"/)
    expect(row).toContain(`"2026-11-25 09:00:00.000","${first}",`)
    expect(row).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    expect(end).toBe('')
  })

  test('one chain is verified by itself, and names its first broken entry', async () => {
    const verified = await get(`/api/audit/verify?request=${first}`)
    expect(verified.body).toMatchObject({ ok: true, requests: 1, broken: [], checkpoints: null })
    const { db } = api.context
    const rename = (kind: string) =>
      db
        .updateTable('auditEntry')
        .set({ kind })
        .where('requestId', '=', first)
        .where('sequence', '=', 2)
        .execute()
    await rename('request-cancelled')
    const broken = await get(`/api/audit/verify?request=${first}`)
    const whole = await get('/api/audit/verify')
    const other = await get(`/api/audit/verify?request=${second}`)
    await rename('action-opened')
    const problem = { requestId: first, sequence: 2, problem: 'entry-altered' }
    expect(broken.body).toMatchObject({ ok: false, broken: [problem] })
    expect(whole.body).toMatchObject({ ok: false, broken: [problem] })
    expect(other.body).toMatchObject({ ok: true })
  })

  test('signed checkpoints: the newest one, and all of them to be checked elsewhere with the public key', async () => {
    const nothing = await get('/api/audit/checkpoints')
    expect(nothing.body).toEqual({ publicKey: signingKey.publicKeyPem, last: null })
    await writeCheckpoint(api.context.db, signingKey, () => new Date(now))
    const { body } = await get('/api/audit/checkpoints')
    expect(body.last).toEqual({ number: 1, at: now.toISOString(), chains: 2 })

    const file = await get('/api/audit/checkpoints/export')
    const [key, signed, ...heads] = file.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const isSigned = verify(
      null,
      Buffer.from(signed.statement),
      createPublicKey(key.publicKey),
      Buffer.from(signed.signature, 'base64'),
    )
    expect(isSigned).toBe(true)
    const text = heads
      .map(({ requestId, sequence, digest }) => `${requestId} ${sequence} ${digest}\n`)
      .join('')
    const digest = createHash('sha256').update(text).digest('hex')
    expect(JSON.parse(signed.statement)).toMatchObject({ number: 1, headsDigest: digest, headCount: 2 })
    expect(heads.map(({ requestId }: { requestId: number }) => requestId)).toEqual([first, second])
    const last = (await list(`request=${second}&limit=1`))[0]
    expect(heads[1]).toMatchObject({ checkpoint: 1, sequence: last?.sequence })
  })
})
