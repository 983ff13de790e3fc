import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Config } from '../../src/config/read-config.ts'
import { createLog } from '../../src/lib/log.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open-database.ts'
import type { Store } from '../../src/store/store.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { runCommand, startCommand } from '../support/run-command.ts'
import { examples, openSampleApi } from '../support/sample-api.ts'
import { storedReplies } from '../support/stored-replies.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-replay-'))
  const purchase = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
  writeFileSync(join(directory, 'changed.yaml'), purchase.replace('D’accord]', 'Volontiers]'))
})
afterAll(() => rmSync(directory, { recursive: true }))

describeOnBothDatabases('the replay at the command line', (open) => {
  let environment: Record<string, string>
  let conditional: string
  beforeAll(async () => {
    const dataDirectory = mkdtempSync(join(directory, 'data-'))
    const place = await placeOf(await open(), dataDirectory)
    const api = await openSampleApi(place.store)
    const { ask, reply } = storedReplies(api.context)
    const { reference } = await ask()
    conditional = await reply(reference, 'Oui, si c’est moins de 500.')
    await reply(reference, 'Volontiers')
    await api.close()
    await place.release()
    environment = {
      COUNTERSIGN_DATA: dataDirectory,
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...(place.url === null ? {} : { DATABASE_URL: place.url }),
    }
  })

  const run = (args: string[], locale = 'en_GB.UTF-8') =>
    runCommand(['message', ...args], { ...environment, LC_ALL: locale })

  test('shows what would change without a server and beside one, and says so by its exit code', {
    timeout: 240_000,
  }, async () => {
    const same = await run(['replay'])
    expect(same.code, same.stderr).toBe(0)
    expect(same.stdout).toBe(
      'Read again: 2. The same: 2. Otherwise: 0.\nNothing was changed. What was decided stays decided.\n',
    )
    const file = join(directory, 'changed.yaml')
    const alone = await run(['replay', '--process', file, '--json'])
    expect(alone.code).toBe(3)
    expect(JSON.parse(alone.stdout)).toMatchObject({
      changes: [{ was: { kind: 'unclear' }, now: { kind: 'answers', answers: { Q1: 'YES' } } }],
      counts: { same: 1, changed: 1, groups: [{ count: 1 }] },
    })

    const server = startCommand(['serve'], environment)
    await server.says('stderr', /running at http/)
    const beside = await run(['replay', '--process', file], 'fr_FR.UTF-8')
    expect(beside.code).toBe(3)
    expect(beside.stdout).toMatch(
      /^[0-9a-f-]{36} {2}\S+ {2}#1-1 {2}ouverte {2}elodie\S+ {2}pas clair\u00a0: aucune réponse trouvée → YES/,
    )
    expect(beside.stdout).toContain('  1  pas clair\u00a0: aucune réponse trouvée → YES\n')
    expect(beside.stdout).toContain('Relus\u00a0: 2. Inchangés\u00a0: 1. Autrement\u00a0: 1.')

    const inspected = await run(['inspect', conditional])
    expect(inspected.code, inspected.stderr).toBe(0)
    expect(inspected.stdout).toContain('↳ “si”: a condition')
    expect(JSON.parse((await run(['inspect', conditional, '--json'])).stdout)).toMatchObject({
      kind: 'unclear',
      reason: 'conditional',
    })
    const unknown = await run(['inspect', '01890a5d-ac96-774b-bcce-b302099a8057', '--json'])
    expect(unknown.code).toBe(1)
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'message-not-found' } })
    await server.stop('SIGTERM')
  })
})

/** The database of `store` on PostgreSQL, files in the directory on PGlite; `release` lets others open it. */
async function placeOf(store: Store, dataDirectory: string) {
  if (store.kind === 'postgres') {
    return { store, url: store.pool.options.connectionString ?? null, release: async () => {} }
  }
  const files = await openDatabase({ databaseUrl: null, dataDirectory, log: createLog('silent') })
  await migrate(files)
  return { store: files, url: null, release: () => files.close() }
}

test('an answer that is cut off is told as such, and what came of it is still one document', async () => {
  const server = fastify()
  let answer = ''
  server.post('/api/messages/replay', (_, reply) =>
    reply.type('application/x-ndjson').send(Readable.from([answer])),
  )
  let stdout = ''
  const stream = new Writable({
    write(chunk, _, done) {
      stdout += chunk
      done()
    },
  })
  const run = async (...args: string[]) => {
    stdout = ''
    const code = await runCli(['message', 'replay', ...args], {
      readConfig: () =>
        ({ databaseUrl: 'postgres://in.process', logLevel: 'warn', host: '127.0.0.1', port: 8080 }) as Config,
      openApp: async () => ({
        ...{ server, operatorToken: 'operator', hasPages: true },
        publish: async () => {},
        close: async () => {},
      }),
      ...{ locale: 'en', colours: false, stdout: stream, stderr: stream },
    })
    return { code, stdout }
  }
  const cutOff = { code: 'replay-cut-off', message: expect.stringContaining('run it again') }
  const change = JSON.stringify({ message: { id: '1' } })
  for (const [lines, changes] of [
    ['', undefined],
    [`${change}\n`, [{ message: { id: '1' } }]],
    [`${change}\n{"counts": {"same`, [{ message: { id: '1' } }]],
  ] as const) {
    answer = lines
    const told = await run('--json')
    expect(told.code).toBe(1)
    expect(JSON.parse(told.stdout)).toEqual({
      ...(changes && { changes }),
      error: { ...cutOff, problems: [] },
    })
  }
  await server.close()
})
