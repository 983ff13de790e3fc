/** People and groups on the command line, by files as spreadsheets write them. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDataDirectory } from '../support/data-directory.ts'
import { runCommand } from '../support/run-command.ts'
import { examples } from '../support/sample-api.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

/** Some ten processes one after another, on machines that have other things to do as well. */
const JOURNEY_MS = 240_000

let directory: string
let environment: Record<string, string>
let server: TestServer
beforeAll(async () => {
  directory = await newDataDirectory('cli-people')
  environment = { COUNTERSIGN_DATA: directory, LC_ALL: 'fr_FR.UTF-8' }
  server = await startServer(directory)
})
afterAll(async () => {
  await server.kill()
  await rm(directory, { recursive: true, force: true })
})

test('a CSV file is shown, refused whole with a problem, done, and written again; a group is renamed', {
  timeout: JOURNEY_MS,
}, async () => {
  const run = (...args: string[]) => runCommand(args, environment)
  const file = join(directory, 'people.csv')
  expect((await run('people', 'import', join(examples, 'people.yaml'))).code).toBe(0)

  // As Excel writes it where it says CSV and nothing more.
  const csv = 'Adresse;Nom;Groupes\r\nzoe.lin@contoso.example;Zo\u00e9 Lin;Finance\r\n'
  await writeFile(file, Buffer.from(csv, 'latin1'))
  const dry = await run('people', 'import', file, '--dry-run')
  expect(dry.code, dry.stderr).toBe(0)
  expect(dry.stdout).toContain('Zoé Lin <zoe.lin@contoso.example>')
  expect(dry.stdout).toContain('+ Finance')
  expect(dry.stdout).toContain('Ajouts\u00a0: 1, modifications\u00a0: 0')
  expect((await run('people', 'export')).stdout).not.toContain('zoe.lin')

  await writeFile(file, `${csv}no-address;X;\r\n`)
  const refused = await run('people', 'import', file)
  expect(refused.code).toBe(1)
  expect(refused.stdout).toContain('Ligne 3\u00a0:')
  expect(refused.stdout).toContain('Rien n’est importé')

  await writeFile(file, csv)
  const done = await run('people', 'import', file, '--json')
  expect(JSON.parse(done.stdout)).toMatchObject({ counts: { added: 1, problems: 0 } })
  const exported = (await run('people', 'export')).stdout
  expect(exported).toContain('"zoe.lin@contoso.example","Zoé Lin","en","","member","yes","","Finance"\r\n')
  await writeFile(file, exported)
  const again = JSON.parse((await run('people', 'import', file, '--dry-run', '--json')).stdout)
  expect(again.counts).toMatchObject({ added: 0, changed: 0, deactivated: 0, same: 6, problems: 0 })

  expect((await run('group', 'rename', 'Finance', 'Trésorerie')).stdout).toContain('Trésorerie')
  expect((await run('group', 'list')).stdout).toContain('anciennement Finance')
  expect((await run('group', 'delete', 'Finance')).code).toBe(0)
  const missing = await run('group', 'delete', 'Finance', '--json')
  expect(missing.code).toBe(1)
  expect(missing.stdout + missing.stderr).toContain('group-not-found')
})
