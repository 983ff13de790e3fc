import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Contoso, nadia, startContoso } from '../support/contoso.ts'
import { runCommand, startCommand } from '../support/run-command.ts'

let directory: string
let contoso: Contoso
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-check-'))
  contoso = await startContoso()
})
afterAll(async () => {
  await contoso?.close()
  rmSync(directory, { recursive: true })
})

test('the check of a mailbox at the command line, with a server and without', {
  timeout: 240_000,
}, async () => {
  const environment = { COUNTERSIGN_DATA: join(directory, 'data'), COUNTERSIGN_PORT: '0' }
  const run = (...args: string[]) => runCommand(args, environment)
  const file = (changes: object) => {
    const path = join(directory, 'mailbox.json')
    const form = contoso.mailboxForm({ probeAddress: nadia.address }, 'exchange-online-graph') as {
      oauth: object
    }
    writeFileSync(path, JSON.stringify({ ...form, oauth: { ...form.oauth, ...changes } }))
    return path
  }
  expect((await run('mailbox', 'set', 'approvals', file({}))).code).toBe(0)

  const well = await run('mailbox', 'check', 'approvals')
  expect(well.code, well.stderr).toBe(0)
  const lines = well.stdout.split('\n')
  expect(lines[0]).toMatch(/^ok {2}Address and certificate of the token endpoint: localhost:/)
  expect(lines).toContainEqual(expect.stringMatching(/^ok {2}The test mail comes back: \d+\.\d s$/))
  // The simulated application opens every mailbox: loud, with its remedy, and still no failure.
  expect(lines).toContainEqual(expect.stringMatching(/^note {2}Limits of the application: /))
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {4}New-ManagementScope -Name 'Countersign [0-9a-f-]{36}' /),
  )

  const server = startCommand(['serve'], environment)
  await server.says('stderr', /running at http/)
  await run('mailbox', 'set', 'approvals', file({ clientSecret: 'wrong' }))
  const wrong = await run('mailbox', 'check', 'approvals', '--no-send', '--json')
  expect(wrong.code).toBe(1)
  const { ok, checks } = JSON.parse(wrong.stdout)
  expect(ok).toBe(false)
  const token = checks.find(({ id }: { id: string }) => id === 'token')
  expect(token).toEqual({
    id: 'token',
    guideStep: 4,
    title: 'Access token from Entra ID',
    outcome: 'failed',
    evidence: expect.stringContaining('AADSTS7000215'),
    mend: expect.stringContaining('step 4'),
  })
  const sending = checks.find(({ id }: { id: string }) => id === 'send')
  expect(sending).toMatchObject({
    outcome: 'skipped',
    mend: 'Left out, because no test mail was to be sent.',
  })
  expect((await run('mailbox', 'check', 'nothing')).code).toBe(1)
  await server.stop('SIGTERM')
})
