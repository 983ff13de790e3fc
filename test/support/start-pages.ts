/** What a test of pages begins with: the product with its pages built, Contoso's mail beside it, people who can sign in. */
import { rm } from 'node:fs/promises'
import type { BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { type Browsing, browse } from './browse.ts'
import { password } from './browser-session.ts'
import { type Contoso, type Person, startContoso } from './contoso.ts'
import { newDataDirectory } from './data-directory.ts'
import { type Desk, deskOf, setUp } from './desk.ts'
import { freePort } from './free-port.ts'
import { startServer, type TestServer } from './start-server.ts'

type Role = 'member' | 'auditor' | 'administrator'

export interface PagesUnderTest extends AsyncDisposable {
  server: TestServer
  contoso: Contoso
  desk: Desk
  /** The pages as the operator has them: every call carries their token. */
  browseAsOperator(options: BrowserContextOptions): Promise<Browsing>
  /** The pages as this person has them who is signed in; their account is made when it is first asked for. */
  browseAs(person: Person, options: BrowserContextOptions): Promise<Browsing>
  /** Ends the server, and starts it again at the same place; the token of the one before is worth nothing. */
  restart(): Promise<void>
  /** Gives a person an account of this role with the password of `browser-session.ts`. */
  welcome(person: Person, role?: Role): Promise<void>
}

/**
 * A running product that knows Contoso's mailbox, people and sample processes, or nothing yet when it `isEmpty`; closed by
 * disposing of it.
 */
export async function startPages({ isEmpty = false } = {}): Promise<PagesUnderTest> {
  await buildWeb()
  const contoso = await startContoso()
  const dataDirectory = await newDataDirectory('pages')
  const port = String(await freePort())
  const start = () =>
    startServer(dataDirectory, {
      environment: { COUNTERSIGN_PORT: port, COUNTERSIGN_PUBLIC_URL: `http://127.0.0.1:${port}` },
    })
  const server = await start()
  let running = server
  const desk = deskOf(server, contoso)
  if (!isEmpty) await setUp(desk.api, contoso)
  const welcomed = new Set<string>()

  async function welcome({ address, name }: Person, role: Role = 'member'): Promise<void> {
    const people = JSON.stringify({ people: [{ address, name, role }] })
    if (role !== 'member') await desk.api.post('/api/people/import', { people })
    const invited = await desk.api.post<{ url: string }>('/api/people/invite', { address })
    const token = new URL(invited.url).hash.slice(1)
    await desk.api.post('/api/session/welcome', { token, password })
    welcomed.add(address)
  }

  return {
    server,
    contoso,
    desk,
    welcome,
    async restart() {
      await running.kill('SIGTERM')
      running = await start()
    },
    browseAsOperator: (options) => browse(server.url, { token: server.token, ...options }),
    async browseAs(person, options) {
      if (!welcomed.has(person.address)) await welcome(person)
      const browsing = await browse(server.url, options)
      const data = { address: person.address, password }
      const answer = await browsing.page.context().request.post('/api/session', { data })
      expect(answer.status()).toBe(201)
      return browsing
    },
    async [Symbol.asyncDispose]() {
      await running.kill()
      await contoso.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
