import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Ran, runCommand, startCommand } from '../support/run-command.ts'
import { examples, mailboxSettings, people, purchase } from '../support/sample-api.ts'

let directory: string
/** One embedded database for the file: making one costs more than all that is done with it. */
let environment: { COUNTERSIGN_DATA: string; COUNTERSIGN_PORT: string }

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-cli-'))
  environment = { COUNTERSIGN_DATA: join(directory, 'data'), COUNTERSIGN_PORT: '0' }
  const { code, stderr } = await runCommand(['people', 'import', join(examples, 'people.yaml')], environment)
  expect(code, stderr).toBe(0)
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Octets as they are, anything else as JSON. */
function write(name: string, content: object | string): string {
  const path = join(directory, name)
  writeFileSync(path, Buffer.isBuffer(content) ? content : JSON.stringify(content))
  return path
}

const running = /running at (http:\/\/\S+)/
const settings = { ...mailboxSettings, remoteApproval: { enabled: false } }

/** Some fifteen processes one after another, on machines that have other things to do as well. */
const JOURNEY_MS = 240_000

test('an organisation is set up and used while the server runs, and all of it is there without one', {
  timeout: JOURNEY_MS,
}, async () => {
  const run = (...args: string[]) => runCommand(args, environment)
  const json = async (...args: string[]) => {
    const ran = await run(...args, '--json')
    expect(ran.code, ran.stderr + ran.stdout).toBe(0)
    return JSON.parse(ran.stdout)
  }
  const server = startCommand(['serve'], environment)
  const [, url = ''] = await server.says('stderr', running)

  expect(await json('people', 'import', join(examples, 'people.yaml'))).toEqual({ people: 5, groups: 2 })
  expect(await json('mailbox', 'set', 'main', write('mailbox.json', settings))).toMatchObject({
    mailbox: { name: 'main', state: 'disabled' },
  })
  const files = ['purchase.yaml', 'hire.yaml'].map((file) => join(examples, 'processes', file))
  expect((await json('process', 'import', ...files, '--mailbox', 'main')).items).toMatchObject([
    { name: 'purchase', version: 1, changed: true },
    { name: 'hire', version: 1, changed: true },
  ])
  const fields = Object.entries(purchase).flatMap(([name, value]) => ['--field', `${name}=${value}`])
  const attached = [
    ['--file', write('offer.pdf', 'offer')],
    ['--file', write('plan.dwg', 'plan')],
  ].flat()
  const create = ['request', 'create', 'purchase', '--requester', people.requester, ...fields, ...attached]
  const request = await json(...create)
  expect(request).toMatchObject({
    status: 'open',
    requester: { address: people.requester },
    files: [
      { name: 'offer.pdf', mediaType: 'application/pdf' },
      { name: 'plan.dwg', mediaType: 'application/octet-stream' },
    ],
  })
  const large = await run(...create, '--file', write('film.mp4', Buffer.alloc(10 * 1024 * 1024 + 1)))
  expect([large.code, large.stderr]).toEqual([1, expect.stringContaining('film.mp4: A file may have 10 MB')])

  const made = await json(
    'token',
    'create',
    '--person',
    people.manager,
    '--scope',
    'requests:read',
    'actions:decide',
  )
  const decide = async (action: string, answer: object) => {
    const answered = await fetch(`${url}/api/actions/${action}/decide`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    })
    expect(answered.status).toBe(200)
  }
  await decide(request.actions[0].id, { result: 'YES' })

  const shown = await run('request', 'show', String(request.id))
  expect(shown.stdout).toContain(`${request.id}-1 Approval by the manager: YES by Élodie Gagnon`)
  expect(shown.stdout).toContain('with offer.pdf (1 kB)\n  with plan.dwg (1 kB)')
  expect(shown.stdout).toContain(`${request.id}-2 Approval by Finance: waits for ${people.finance}`)

  await run('process', 'import', join(examples, 'processes', 'investment.yaml'))
  const invest = ['--requester', people.requester, '--field', 'object=Press', '--field', 'amount=48000.00']
  const investment = await json('request', 'create', 'investment', ...invest)
  const answers = { Q2: '45000.00', Q3: 'LOGISTICS' }
  await decide(investment.actions[0].id, { result: 'YES', answers })
  const several = await run('request', 'show', String(investment.id))
  expect(several.stdout).toMatch(/YES by Élodie Gagnon.*\n {4}Q2: 45000\.00\n {4}Q3: LOGISTICS\n/)
  // The manager has no manager herself.
  const orphan = await run('request', 'create', 'purchase', '--requester', people.manager, ...fields)
  expect(orphan.stdout).toContain('-1 Approval by the manager: waits, but nobody can decide it')
  expect((await run('message', 'list', '--direction', 'outbound')).stdout).toContain('approval')
  expect((await run('dead-letter', 'list')).stdout).toContain('Nothing was given up.')
  const again = await run(
    'dead-letter',
    'run-again',
    '01890a5d-ac96-774b-bcce-b302099a8057',
    '--even-if-sent',
  )
  expect([again.code, again.stderr]).toEqual([
    1,
    expect.stringContaining('Only what was given up can be run again'),
  ])
  expect((await run('mailbox', 'list')).stdout).toMatch(/main +approvals@contoso.example +disabled/)

  const second = await run('serve')
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('in use by process')

  const stopped = await server.stop('SIGTERM')
  expect(stopped.code, stopped.stderr).toBe(0)
  expect(await json('request', 'show', String(request.id))).toMatchObject({ id: request.id, status: 'open' })
  expect(await json('audit', 'verify')).toMatchObject({ ok: true, requests: 3 })
})

describe('refusals', () => {
  function expectRefusal({ code, stdout }: Ran, error: object): void {
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error })
  }

  test('the API’s are told in the terminal’s language, and as one JSON document', async () => {
    const args = ['request', 'show', '42']
    const french = await runCommand(args, { ...environment, LC_ALL: 'fr_FR.UTF-8' })
    expect([french.code, french.stdout]).toEqual([1, ''])
    expect(french.stderr).toContain('La demande 42 n’existe pas')
    expectRefusal(await runCommand([...args, '--json'], environment), { code: 'request-not-found' })
  })

  test('what the operator must mend is told in the terminal’s language', async () => {
    const wrong = { ...environment, LANG: 'fr_FR.UTF-8', COUNTERSIGN_PORT: 'x' }
    const told = await runCommand(['serve'], wrong)
    expect([told.code, told.stdout]).toEqual([1, ''])
    expect(told.stderr).toBe(
      'La configuration est incorrecte. Corrigez les variables nommées ci-dessous\u00a0; docs/configuration.md les décrit.\n' +
        'COUNTERSIGN_PORT — doit être un numéro de port, de 0 à 65535\n',
    )
    const program = await runCommand(['serve', '--json'], wrong)
    expectRefusal(program, {
      code: 'operator-error',
      message: expect.stringContaining('La configuration est incorrecte'),
      problems: [{ path: 'COUNTERSIGN_PORT', message: 'doit être un numéro de port, de 0 à 65535' }],
    })
    const malformed = { ...environment, LC_ALL: 'fr_CA.UTF-8', COUNTERSIGN_KEY: 'short' }
    expect((await runCommand(['audit', 'verify'], malformed)).stderr).toContain(
      'COUNTERSIGN_KEY doit contenir des clés de 32 octets en base64',
    )
  })

  test('a definition with errors: each line, exit code 1', async () => {
    const file = join(directory, 'broken.yaml')
    writeFileSync(file, 'name: broken\nsteps: []\n')
    const checked = await runCommand(['process', 'check', file], environment)
    expect(checked.code).toBe(1)
    expect(checked.stdout).toContain(`${file}:2: steps`)
    const imported = await runCommand(['process', 'import', file, '--json'], environment)
    expect(imported.code).toBe(1)
    expect(JSON.parse(imported.stdout).items[0].error.code).toBe('invalid-definition')
  })

  test('a port that somebody else has', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const ran = await runCommand(['serve', '--json'], { ...environment, COUNTERSIGN_PORT: String(port) })
    other.close()
    expectRefusal(ran, { code: 'cannot-listen', message: expect.stringContaining(`127.0.0.1:${port}`) })
  })

  test('a missing file, a wrong variable, a worker without PostgreSQL', async () => {
    const missing = await runCommand(['people', 'import', 'no-such-file', '--json'], environment)
    expectRefusal(missing, { code: 'file-missing' })
    const wrong = await runCommand(['audit', 'verify', '--json'], { ...environment, COUNTERSIGN_PORT: 'x' })
    expectRefusal(wrong, { code: 'operator-error', problems: [{ path: 'COUNTERSIGN_PORT' }] })
    expectRefusal(await runCommand(['worker', '--json'], environment), { code: 'postgresql-needed' })
  })
})

const { postgres } = inject('databases')

describe.skipIf('missing' in postgres)('PostgreSQL', () => {
  test('tables are made by migrate, commands work beside servers, a worker runs until it is stopped', async () => {
    if ('missing' in postgres) throw new Error(postgres.missing)
    const name = `${postgres.template}_${randomBytes(6).toString('hex')}`
    const client = new pg.Client(postgres.url)
    await client.connect()
    await client.query(`create database ${name}`)
    const database = new URL(postgres.url)
    database.pathname = `/${name}`
    const environment = {
      DATABASE_URL: database.href,
      COUNTERSIGN_DATA: join(directory, 'unused'),
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_KEY: Buffer.alloc(32, 7).toString('base64'),
    }
    try {
      const migrated = await runCommand(['migrate', '--json'], environment)
      expect(migrated.code, migrated.stderr).toBe(0)
      const worker = startCommand(['worker'], environment)
      const server = startCommand(['serve', '--json'], environment)
      await worker.says('stderr', /worker is running/)
      const [, json = ''] = await server.says('stdout', /(\{[^}]+\})/)
      const ready = await fetch(`${JSON.parse(json).url}/health/ready`)
      expect(ready.status).toBe(200)
      const imported = await runCommand(
        ['people', 'import', join(examples, 'people.yaml'), '--json'],
        environment,
      )
      expect(JSON.parse(imported.stdout), imported.stderr).toEqual({ people: 5, groups: 2 })
      expect((await worker.stop('SIGINT')).code).toBe(0)
      expect((await server.stop('SIGTERM')).code).toBe(0)
    } finally {
      await client.query(`drop database ${name} (force)`)
      await client.end()
    }
  })
})

test('evidence is written to a new file, whole or not at all; an answer by hand needs a name', {
  timeout: JOURNEY_MS,
}, async () => {
  const run = (...args: string[]) => runCommand(args, environment)
  await run('mailbox', 'set', 'main', write('mailbox.json', settings))
  await run('process', 'import', join(examples, 'processes', 'purchase.yaml'), '--mailbox', 'main')
  const fields = Object.entries(purchase).flatMap(([name, value]) => ['--field', `${name}=${value}`])
  const created = await run(
    ...['request', 'create', 'purchase', '--requester', people.requester, ...fields, '--json'],
  )
  const { id } = JSON.parse(created.stdout)

  const out = join(directory, 'evidence.zip')
  const evidence = ['request', 'export', String(id), '--out', out]
  expect((await run(...evidence)).stdout).toContain('README.txt')
  const verified = await run('audit', 'verify-export', out, '--json')
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, entries: 3, problems: [] })
  const twice = await run(...evidence)
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('is there already')])
  const nowhere = join(directory, 'nowhere.zip')
  const unknown = await run('request', 'export', '999999', '--out', nowhere)
  expect([unknown.code, existsSync(nowhere)]).toEqual([1, false])

  // Entered under the name of whose token it is, never as the operator.
  const token = write('token.txt', 'no-token-of-anybody')
  const entered = ['--answer', 'Q1=YES', '--reason', 'A signed form', '--token-file', token, '--json']
  const refused = await run('message', 'answer', '01890a5d-ac96-774b-bcce-b302099a8057', ...entered)
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'not-signed-in' } })
})
