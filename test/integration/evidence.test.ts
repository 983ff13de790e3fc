/** Evidence that leaves the house: what is in it, who may have it, and that nobody can change it unseen. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { verifyEvidence } from '../../src/cli/verify-evidence/verify-evidence.ts'
import { readZip } from '../../src/lib/zip/read-zip.ts'
import { writeZip } from '../../src/lib/zip/write-zip.ts'
import { writeCheckpoint } from '../../src/store/audit-checkpoint.ts'
import { openSigningKey, type SigningKey } from '../../src/store/signing-key.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { runCommand } from '../support/run-command.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

type Files = Map<string, Buffer>

const sha256 = (octets: Buffer) => createHash('sha256').update(octets).digest('hex')
const names = (files: Files) => [...files.keys()]
const named = (files: Files, pattern: RegExp) => {
  const name = names(files).find((each) => pattern.test(each)) ?? `no ${pattern}`
  return { name, octets: files.get(name) ?? Buffer.alloc(0) }
}
const lines = (octets: Buffer | undefined) =>
  (octets?.toString().trim().split('\n') ?? []).map((line) => JSON.parse(line))

describeOnBothDatabases('evidence', (open) => {
  let folder: string
  let api: SampleApi
  let administrator: string
  let replies: StoredReplies
  let key: SigningKey
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-evidence-'))
    const opened = await openSigningKey({ file: null, dataDirectory: folder })
    if (!opened) throw new Error('no key was made')
    key = opened
    api = await openSampleApi(await open(), { signingKey: key })
    administrator = await api.tokenFor(people.administrator)
    replies = storedReplies(api.context)
  })
  afterAll(async () => {
    await api.close()
    rmSync(folder, { recursive: true })
  })

  async function get(path: string, { token = administrator, locale = 'en' } = {}) {
    const answer = await api.server.inject({
      method: 'GET',
      url: path,
      headers: { authorization: `Bearer ${token}`, 'accept-language': locale },
    })
    return { status: answer.statusCode, headers: answer.headers, octets: answer.rawPayload }
  }
  const exported = async (path: string, options = {}): Promise<Files> => {
    const { status, octets } = await get(path, options)
    expect(status).toBe(200)
    return readZip(octets)
  }

  /** A request that its manager has refused by mail: it is over. */
  async function refused() {
    const { requestId, reference } = await replies.ask()
    const id = await replies.reply(reference, 'Non\r\n\r\nTrop cher.')
    return { requestId, id }
  }

  test('of a request that is over holds everything, in clear, and proves itself', async () => {
    const { requestId, id } = await refused()
    await writeCheckpoint(api.context.db, key, api.context.clock)
    const answer = await get(`/api/requests/${requestId}/evidence`)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': expect.stringContaining(`evidence-request-${requestId}.zip`),
    })
    const files = await readZip(answer.octets)
    expect(files.get('README.txt')?.toString()).toContain(`Evidence of request ${requestId}: `)
    expect(JSON.parse(files.get('request.json')?.toString() ?? '')).toMatchObject({
      id: requestId,
      actions: [{ decision: { result: 'NO', inboundMessageId: id } }],
    })
    expect(JSON.parse(files.get('process.json')?.toString() ?? '')).toMatchObject({
      ...{ name: 'purchase', version: 1 },
      definition: { name: 'purchase' },
      source: expect.stringContaining('manager-approval'),
    })
    const mail = named(files, /^messages\/in\/.*\.eml$/)
    const read = JSON.parse(named(files, /^messages\/in\/.*\.json$/).octets.toString())
    expect(read).toMatchObject({ id, verdict: { verdict: 'accepted' }, reading: { answers: { Q1: 'NO' } } })
    expect(read.raw).toEqual({ file: mail.name, masked: false, why: null })
    const stored = await api.context.db
      .selectFrom('inboundMessage')
      .select(['raw', 'rawSha256'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(mail.octets).toEqual(stored.raw)
    expect(named(files, /^messages\/out\/.*\.json$/).name).toMatch(/json$/)

    const entries = lines(files.get('audit/entries.jsonl'))
    expect(entries.map(({ kind }) => kind)).toEqual([
      'request-created',
      'action-opened',
      'action-decided',
      'request-completed',
      'evidence-exported',
    ])
    expect(entries.at(-1)).toMatchObject({ by: { address: people.administrator } })
    expect(entries[2].payload.rawSha256).toBe(sha256(mail.octets))

    const verified = verifyEvidence(files, key.publicKeyPem)
    expect(verified).toMatchObject({
      ...{ problems: [], masked: [], entries: 5, signedWith: key.keyId, isKnownKey: true },
      // The checkpoint was signed before the export wrote its entry.
      checkedUpTo: 4,
    })
    expect(await said(requestId)).toBe('Contoso Administrator exported the evidence')
  })

  const said = async (requestId: number) => {
    const path = `/api/audit/entries?request=${requestId}&kind=evidence-exported`
    return (await api.call(administrator, 'GET', path)).body.items[0].said
  }

  test('is verified by the commands that its README names, without any of our programs', async () => {
    const { requestId } = await refused()
    const files = await exported(`/api/requests/${requestId}/evidence`)
    const place = mkdtempSync(join(folder, 'unpacked-'))
    for (const [name, octets] of files) {
      execFileSync('mkdir', ['-p', join(place, dirname(name))])
      writeFileSync(join(place, name), octets)
    }
    const text = files.get('README.txt')?.toString() ?? ''
    for (const command of ['sha256sum --check', 'openssl pkeyutl']) {
      const line = text.split('\n').find((each) => each.includes(command)) ?? ''
      const [program = '', ...args] = line.trim().split(' ')
      expect(execFileSync(program, args, { cwd: place, encoding: 'utf8' })).toMatch(/OK|Verified/)
    }
  })

  test('of an open request keeps reply tokens to itself, in every file', async () => {
    const { requestId, reference } = await replies.ask()
    const [token = ''] = /(?<=countersign\.)[a-z2-7]{16}/.exec(reference) ?? []
    await replies.reply(reference, `Oui, si le prix baisse\r\n\r\nvotre [#${requestId}-1-${token}]`)
    const files = await exported(`/api/requests/${requestId}/evidence`)
    for (const [name, octets] of files) expect([name, octets.includes(token)]).toEqual([name, false])
    const read = JSON.parse(named(files, /^messages\/in\/.*\.json$/).octets.toString())
    expect(read.raw.masked).toBe(true)
    const verified = verifyEvidence(files, key.publicKeyPem)
    expect(verified.problems).toEqual([])
    expect(verified.masked).toContain(read.raw.file)
    for (const secret of ['never-to-be-seen-again', api.operatorToken]) {
      for (const octets of files.values()) expect(octets.includes(secret)).toBe(false)
    }
  })

  test('of one message holds that one and the history of its request; one of nobody’s request stands alone', async () => {
    const { requestId, id } = await refused()
    const files = await exported(`/api/messages/${id}/evidence`, { locale: 'fr' })
    expect(names(files).filter((name) => name.startsWith('messages/'))).toHaveLength(2)
    expect(files.get('README.txt')?.toString()).toContain(`Preuves de la demande ${requestId}`)
    expect(lines(files.get('audit/entries.jsonl')).at(-1)).toMatchObject({ payload: { message: id } })
    expect(verifyEvidence(files, key.publicKeyPem).problems).toEqual([])

    const stranger = [
      'From: someone@fabrikam.example',
      'To: approvals@contoso.example',
      'Subject: Hi',
      '',
      'Yes',
    ]
    const [stray = ''] = await replies.store([Buffer.from(stranger.join('\r\n'))])
    const alone = await exported(`/api/messages/${stray}/evidence`)
    expect(names(alone).filter((name) => /request|process|audit/.test(name))).toEqual([])
    expect(verifyEvidence(alone, key.publicKeyPem)).toMatchObject({ problems: [], entries: 0 })

    const [ours] = (await api.call(administrator, 'GET', `/api/messages/outbound?request=${requestId}`)).body
      .items
    const sent = await exported(`/api/messages/${ours.id}/evidence`)
    expect(names(sent).filter((name) => name.startsWith('messages/'))[0]).toMatch(/^messages\/out\/.*json$/)
  })

  test('holds the files of the request, as its first entry proves them', async () => {
    const requester = await api.tokenFor(people.requester)
    const uploaded = await api.server.inject({
      method: 'POST',
      url: '/api/files?name=devis.pdf',
      headers: { authorization: `Bearer ${requester}`, 'content-type': 'application/pdf' },
      payload: Buffer.from('%PDF-1.7 …'),
    })
    expect(uploaded.statusCode, uploaded.body).toBe(201)
    const filed = await api.call(requester, 'POST', '/api/requests', {
      ...{ process: 'purchase', data: purchase, files: [uploaded.json().id] },
    })
    const files = await exported(`/api/requests/${filed.body.id}/evidence`)
    expect(files.get('files/1-devis.pdf')).toEqual(Buffer.from('%PDF-1.7 …'))
    expect(verifyEvidence(files, null).problems).toEqual([])
    files.set('files/1-devis.pdf', Buffer.from('%PDF-1.7 ,,,'))
    expect(verifyEvidence(files, null).problems.map(({ problem }) => problem)).toEqual([
      'altered',
      'file-other',
    ])
  })

  test('changed in one octet, in any file, or with a list made anew, is found out', async () => {
    const { requestId } = await refused()
    await writeCheckpoint(api.context.db, key, api.context.clock)
    const files = await exported(`/api/requests/${requestId}/evidence`)
    for (const [name, octets] of files) {
      const changed = Buffer.from(octets)
      const at = Math.floor(octets.length / 2)
      changed.writeUInt8((octets[at] ?? 0) ^ 1, at)
      const { problems } = verifyEvidence(new Map([...files, [name, changed]]), key.publicKeyPem)
      expect([name, problems.length > 0]).toEqual([name, true])
    }
    for (const name of names(files)) {
      const without = new Map([...files].filter(([each]) => each !== name))
      expect([name, verifyEvidence(without, key.publicKeyPem).problems.length > 0]).toEqual([name, true])
    }

    // Whoever changes a mail and lists it anew cannot sign the list, nor make the history name the mail.
    const { name, octets } = named(files, /\.eml$/)
    const forged = new Map([...files, [name, Buffer.from(octets.toString('latin1').replace('Non', 'Oui'))]])
    const list = names(forged).filter((each) => !each.startsWith('SHA256SUMS'))
    const sums = list.map((each) => `${sha256(forged.get(each) ?? Buffer.alloc(0))}  ${each}\n`).join('')
    forged.set('SHA256SUMS', Buffer.from(sums))
    const found = verifyEvidence(forged, null).problems.map(({ problem }) => problem)
    expect(found).toEqual(['signature-wrong', 'reply-other'])
    // With another key of his own, whoever has the real one sees it.
    const other = await openSigningKey({ file: null, dataDirectory: mkdtempSync(join(folder, 'other-')) })
    forged.set('public-key.pem', Buffer.from(other?.publicKeyPem ?? ''))
    expect(verifyEvidence(forged, key.publicKeyPem).problems.map(({ problem }) => problem)).toContain(
      'key-other',
    )
  })

  test('a history that was made anew with all its digests is not the one that was signed', async () => {
    const { requestId } = await refused()
    await writeCheckpoint(api.context.db, key, api.context.clock)
    const files = await exported(`/api/requests/${requestId}/evidence`)
    const shorter = lines(files.get('audit/entries.jsonl')).slice(0, 2)
    const text = shorter.map((line) => `${JSON.stringify(line)}\n`).join('')
    const { problems } = verifyEvidence(new Map([...files, ['audit/entries.jsonl', Buffer.from(text)]]), null)
    expect(problems).toContainEqual({
      file: 'audit/checkpoint.jsonl',
      problem: 'checkpoint-wrong',
      entry: null,
    })
  })

  test('is for auditors and administrators who may see messages, and each export leaves its trace', async () => {
    const { requestId, id } = await refused()
    const paths = [`/api/requests/${requestId}/evidence`, `/api/messages/${id}/evidence`]
    const codes = async (token: string) => {
      const answers = await Promise.all(paths.map((path) => api.call(token, 'GET', path)))
      return answers.map(({ body }) => body?.code)
    }
    for (const address of [people.requester, people.manager]) {
      expect(await codes(await api.tokenFor(address))).toEqual(['not-allowed', 'not-allowed'])
    }
    const noMessages = await api.tokenFor(people.administrator, ['audit:read'])
    expect(await codes(noMessages)).toEqual(['scope-missing', 'scope-missing'])
    const auditor = { address: people.stranger, name: 'Anna Novák', role: 'auditor' }
    await importPeople(api.context, JSON.stringify({ people: [auditor] }))
    const token = await api.tokenFor(people.stranger)
    for (const path of paths) expect((await get(path, { token })).status).toBe(200)
    expect((await get(paths[0] ?? '', { token: api.operatorToken })).status).toBe(200)
    const head = await api.server.inject({
      method: 'HEAD',
      url: paths[0] ?? '',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(head.statusCode).toBe(404)
    const traces = await api.context.db
      .selectFrom('auditEntry')
      .leftJoin('person', 'person.id', 'actorId')
      .select('address')
      .where('requestId', '=', requestId)
      .where('kind', '=', 'evidence-exported')
      .orderBy('sequence')
      .execute()
    expect(traces.map(({ address }) => address)).toEqual([people.stranger, people.stranger, null])
    expect(await said(requestId)).toBe('The evidence was exported at the command line of the server')
    expect((await api.call(administrator, 'GET', '/api/requests/999999/evidence')).body.code).toBe(
      'request-not-found',
    )
    const missing = '/api/messages/01890000-0000-7000-8000-000000000000/evidence'
    expect((await api.call(administrator, 'GET', missing)).body.code).toBe('message-not-found')
  })

  test('a message that was erased is told of in its place', async () => {
    const { requestId, id } = await refused()
    await api.context.db
      .updateTable('inboundMessage')
      .set({ raw: null, subject: '', reading: null, erasedAt: api.context.clock() })
      .where('id', '=', id)
      .execute()
    const files = await exported(`/api/requests/${requestId}/evidence`)
    const read = JSON.parse(named(files, /^messages\/in\/.*\.json$/).octets.toString())
    expect(read.raw).toEqual({ file: null, masked: false, why: 'message-erased' })
    expect(verifyEvidence(files, key.publicKeyPem).problems).toEqual([])
  })

  test('the command line verifies a file without a server, and says what is wrong with it', async () => {
    const { requestId } = await refused()
    const files = await exported(`/api/requests/${requestId}/evidence`)
    async function* each() {
      for (const [name, octets] of files) yield { name, octets }
    }
    const path = join(folder, 'evidence.zip')
    writeFileSync(path, await buffer(writeZip(each(), new Date())))
    const pem = join(folder, 'key.pem')
    writeFileSync(pem, key.publicKeyPem)
    const good = await runCommand(['audit', 'verify-export', path, '--key', pem])
    expect([good.code, good.stderr]).toEqual([0, ''])
    expect(good.stdout).toContain(`Signed with your key ${key.keyId}.`)

    const entries = files.get('audit/entries.jsonl')?.toString() ?? ''
    files.set('audit/entries.jsonl', Buffer.from(entries.replace('Trop cher', 'Trop beau')))
    writeFileSync(path, await buffer(writeZip(each(), new Date())))
    const bad = await runCommand(['audit', 'verify-export', path, '--json'])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({
      ok: false,
      problems: [
        { file: 'audit/entries.jsonl', problem: 'altered' },
        { file: 'audit/entries.jsonl', problem: 'payload-altered', entry: 3 },
      ],
    })
    const zip = readFileSync(path)
    zip.writeUInt8((zip[60] ?? 0) ^ 1, 60)
    writeFileSync(path, zip)
    const broken = await runCommand(['audit', 'verify-export', path], { LC_ALL: 'fr_FR.UTF-8' })
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('n’est pas un export complet')])
  }, 60_000)
})
