import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type SimulatedTenant, startSimulatedTenant } from '../contract/simulated-tenant.ts'
import { runCommand, startCommand } from '../support/run-command.ts'
import { mailboxSettings } from '../support/sample-api.ts'

let directory: string
let tenant: SimulatedTenant
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-migrate-'))
  tenant = await startSimulatedTenant()
})
afterAll(async () => {
  await tenant?.close()
  rmSync(directory, { recursive: true })
})

/** Some six processes one after another, on machines that have other things to do as well. */
const JOURNEY_MS = 240_000

test('a mailbox is moved to Graph by one command, after a look at what that takes', {
  timeout: JOURNEY_MS,
}, async () => {
  const environment = { COUNTERSIGN_DATA: join(directory, 'data'), COUNTERSIGN_PORT: '0' }
  // One that runs: opening the embedded database in each command would cost more than all else.
  const server = startCommand(['serve'], environment)
  onTestFinished(async () => {
    await server.stop('SIGTERM')
  })
  await server.says('stderr', /running at/)
  const run = (args: string[], language = {}) => runCommand(args, { ...environment, ...language })
  const { host, caPem, tokenEndpoint, clientId, clientSecret } = tenant
  const form = {
    mailbox: { ...mailboxSettings.mailbox, host, extraCa: caPem },
    oauth: { ...mailboxSettings.oauth, tokenEndpoint, clientId, clientSecret },
  }
  const file = join(directory, 'mailbox.json')
  writeFileSync(file, JSON.stringify(form))
  const saved = await run(['mailbox', 'set', 'main', file])
  expect(saved.code, saved.stderr).toBe(0)
  const french = { LC_ALL: 'fr_FR.UTF-8' }
  expect((await run(['mailbox', 'list'], french)).stdout).toMatch(/le 1er avril 2027.*mailbox migrate main/)

  const apps = (roles: string[]) => ({
    apps: [{ id: clientId, secrets: [{ value: clientSecret, expiresAt: null }], roles, mailboxes: null }],
  })
  await tenant.change(apps(['full_access_as_app']))
  const migrate = ['mailbox', 'migrate', 'main', '--host', host]
  const refused = await run([...migrate, '--apply'])
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toMatch(/checks.role — .*Mail.ReadWrite and Mail.Send.*step 2/)

  await tenant.change(apps(['full_access_as_app', 'Mail.ReadWrite', 'Mail.Send']))
  const plan = await run(migrate, french)
  expect(plan.code, plan.stderr).toBe(0)
  expect(plan.stdout).toContain('mailbox.type: exchange-online-ews → exchange-online-graph')
  expect(plan.stdout).toMatch(/Rien n’a été modifié\. Ajoutez --apply/)
  const done = await run([...migrate, '--apply', '--json'])
  expect(done.code, done.stderr).toBe(0)
  expect(JSON.parse(done.stdout)).toMatchObject({ applied: true, ready: true })

  const again = await run(migrate)
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('type exchange-online-graph')])
})
