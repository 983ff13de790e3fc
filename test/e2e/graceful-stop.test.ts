import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { type Contoso, elodie, nadia, startContoso } from '../support/contoso.ts'
import { newDataDirectory } from '../support/data-directory.ts'
import { type Desk, deskOf, setUp } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Started, startCommand } from '../support/run-command.ts'
import { purchase } from '../support/sample-api.ts'
import { makePostgres, missing } from './crash/open-stage.ts'

/** Longer than the server waits for anything when it stops. */
const FOR_EVER_MS = 300_000
const stopping = /Stopping/

const kinds = (['PGlite', 'PostgreSQL'] as const).filter((kind) => missing(kind) === null)

describe.each(kinds)('a signal to the server (%s)', (kind) => {
  let contoso: Contoso
  let dataDirectory: string
  let database: { url: string; token: string } | null
  let token: string
  let process: Started
  let url: string
  let desk: Desk
  beforeEach(async () => {
    contoso = await startContoso()
    dataDirectory = await newDataDirectory('stop')
    database = kind === 'PostgreSQL' ? await makePostgres() : null
    await start()
    await setUp(desk.api, contoso)
    // From here on the server listens for new mail by a call that stays open.
    await eventually(async () => expect((await contoso.calls('GetStreamingEvents')).count).toBeGreaterThan(0))
  })
  afterEach(async () => {
    await process?.stop('SIGKILL')
    await contoso?.close()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  async function start(): Promise<void> {
    process = startCommand(['serve'], {
      COUNTERSIGN_DATA: dataDirectory,
      COUNTERSIGN_PORT: '0',
      COUNTERSIGN_LOG_LEVEL: 'warn',
      COUNTERSIGN_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...(database ? { DATABASE_URL: database.url } : {}),
    })
    url = (await process.says('stderr', /running at (http:\/\/\S+)/))[1] ?? ''
    token = database?.token ?? (await readLock(dataDirectory))?.server?.token ?? ''
    desk = deskOf({ url, token }, contoso)
  }

  /** The next call of this operation is under way, and answered so much later. */
  async function hold(operation: string, waitMs: number, act: () => Promise<unknown>): Promise<void> {
    await contoso.fault(operation, { waitMs })
    await act()
    await eventually(async () => expect(await contoso.faultsLeft()).toBe(0))
  }

  /** A request whose body has not come to its end. */
  async function beginRequest(body: string): Promise<Socket> {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    const head = [
      'POST /api/requests HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${token}`,
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body) + 1}`,
      // Answered once the route has taken the request.
      'expect: 100-continue',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    await once(socket, 'data')
    socket.write(body)
    return socket
  }

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: a mail under way is finished, and nothing has to be looked for',
    async (signal) => {
      let number = 0
      await hold('CreateItem', 1_000, async () => {
        number = await desk.filePurchase()
      })
      expect(await process.stop(signal)).toMatchObject({ code: 0, stderr: expect.stringMatching(stopping) })
      await start()
      expect(await desk.outbound(number)).toMatchObject([{ state: 'sent' }])
      await desk.mail(number, 'approval', elodie)
      expect(await contoso.calls('CreateItem')).toMatchObject({ count: 1 })
      expect(await contoso.calls('FindItem')).toMatchObject({ count: 0 })
    },
  )

  test('calls that nobody answers are given up, and the mailbox is not blamed for it', async () => {
    const number = await desk.filePurchase()
    const mail = await desk.mail(number, 'approval', elodie)
    await hold('SyncFolderItems', FOR_EVER_MS, () => desk.reply(mail, 'Oui'))
    expect(await process.stop('SIGTERM')).toMatchObject({ code: 0 })
    await start()
    expect(await desk.api.get('/api/mailboxes')).toMatchObject({
      items: [{ state: 'running', trouble: null }],
    })
    expect(await desk.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
  })

  test('a mail whose sending nobody answers is left as unknown', async () => {
    let number = 0
    await hold('CreateItem', FOR_EVER_MS, async () => {
      number = await desk.filePurchase()
    })
    expect(await process.stop('SIGTERM')).toMatchObject({ code: 0 })
    await start()
    expect(await desk.outbound(number)).toMatchObject([{ state: 'unknown', attempts: 0 }])
    expect(await desk.api.get('/api/mailboxes')).toMatchObject({
      items: [{ state: 'running', trouble: null }],
    })
  })

  test('a request that is under way has its answer, one that does not end is cut off', async () => {
    const body = JSON.stringify({ process: 'purchase', requester: nadia.address, data: purchase })
    const [finishes, hangs] = [await beginRequest(body.slice(0, -1)), await beginRequest('{')]
    const ended = process.stop('SIGTERM')
    await process.says('stderr', stopping)
    // Not `end`: to a client that half-closes, Node answers no more.
    finishes.write('}')
    expect(await text(finishes)).toMatch(/^HTTP\/1\.1 201 /)
    expect(await ended).toMatchObject({ code: 0 })
    hangs.destroy()
    // Its mail was written with it, and goes out after the next start.
    await start()
    await desk.mail(1, 'approval', elodie)
  })

  test('a second one ends it at once', async () => {
    const hangs = await beginRequest('{')
    void process.stop('SIGTERM')
    await process.says('stderr', stopping)
    expect(await process.stop('SIGTERM')).toMatchObject({ code: 1 })
    hangs.destroy()
  })
})
