import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runCommand, startCommand } from '../support/run-command.ts'
import { mailboxSettings } from '../support/sample-api.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-pause-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Several processes one after another, on machines that have other things to do as well. */
const JOURNEY_MS = 240_000

test('a mailbox is paused, shown and resumed from the command line', { timeout: JOURNEY_MS }, async () => {
  const environment = { COUNTERSIGN_DATA: join(directory, 'data'), COUNTERSIGN_PORT: '0' }
  const server = startCommand(['serve'], environment)
  onTestFinished(async () => {
    await server.stop('SIGTERM')
  })
  await server.says('stderr', /running at/)
  const run = (args: string[], language = {}) =>
    runCommand(['mailbox', ...args], { ...environment, ...language })
  const french = { LC_ALL: 'fr_FR.UTF-8' }
  const file = join(directory, 'mailbox.json')
  writeFileSync(file, JSON.stringify(mailboxSettings))
  expect(await run(['set', 'main', file])).toMatchObject({ code: 0 })

  expect(await run(['pause', 'main'])).toMatchObject({ code: 0, stdout: expect.stringContaining('main') })
  const paused = await run(['show', 'main', '--json'])
  expect(JSON.parse(paused.stdout)).toMatchObject({
    name: 'main',
    state: 'disabled',
    pausedBy: { person: null },
  })
  const shown = await run(['show', 'main'], french)
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(mailboxSettings.mailbox.user) })
  expect(shown.stdout).not.toContain(mailboxSettings.oauth.clientSecret)

  expect(await run(['resume', 'main'])).toMatchObject({ code: 0 })
  const resumed = await run(['show', 'main', '--json'])
  expect(JSON.parse(resumed.stdout)).toMatchObject({ state: 'running', pausedBy: null })
  expect(await run(['pause', 'nobody'])).toMatchObject({ code: 1, stdout: '' })
})
