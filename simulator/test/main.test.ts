import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'
import type { Simulator } from '../src/index.ts'
import { control, postToken } from './support/ews-client.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname
let running: ChildProcess | undefined
afterEach(() => void running?.kill('SIGKILL'))

async function start(...options: string[]) {
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  const [line] = await once(createInterface(child.stdout), 'line')
  const first = JSON.parse(String(line))
  return { child, first, simulator: { ...first, caPem: await readFile(first.caFile, 'utf8') } as Simulator }
}

it('says in one line where it is, and takes its certificate away at the end', async () => {
  const { child, first, simulator } = await start('--port', '0')
  expect(first).toEqual({
    https: expect.stringMatching(/^https:\/\/localhost:\d+$/),
    http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    caFile: expect.stringMatching(/ca\.pem$/),
    webmail: `${first.http}/`,
    tokenEndpoint: `${first.https}/${first.tenantId}/oauth2/v2.0/token`,
    tenantId: '11111111-2222-3333-4444-555555555555',
    imapsUrl: expect.stringMatching(/^imaps:\/\/localhost:\d+$/),
    imapUrl: expect.stringMatching(/^imap:\/\/localhost:\d+$/),
    smtpsUrl: expect.stringMatching(/^smtps:\/\/localhost:\d+$/),
    smtpUrl: expect.stringMatching(/^smtp:\/\/localhost:\d+$/),
    smtpPlainUrl: expect.stringMatching(/^smtp:\/\/localhost:\d+$/),
    pid: child.pid,
  })
  expect((await postToken(simulator, '')).status).toBe(400)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(existsSync(first.caFile)).toBe(false)
})

it('starts with the company of a file, and says what is wrong with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'company-'))
  const file = join(folder, 'company.json')
  const company = {
    id: '99999999-2222-3333-4444-555555555555',
    domains: ['Litware.example'],
    mailboxes: [{ address: 'Finance@litware.example' }, { address: 'guest@contoso.example' }],
  }
  await writeFile(file, JSON.stringify(company))
  const { child, simulator } = await start('--company', file)
  expect(await control(simulator, 'GET', '/mailboxes')).toMatchObject([
    { address: 'finance@litware.example', tenant: company.id },
    { address: 'guest@contoso.example', tenant: null },
  ])
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])

  await writeFile(file, JSON.stringify({ ...company, mailboxs: [] }))
  const refused = spawn(process.execPath, [main, '--company', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  running = refused
  const said = refused.stderr.setEncoding('utf8').toArray()
  expect(await once(refused, 'close')).toEqual([1, null])
  expect((await said).join('')).toContain('"mailboxs" is not known')
  await rm(folder, { recursive: true })
})
