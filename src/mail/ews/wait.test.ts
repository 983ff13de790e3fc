import type { ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { noTokenServer } from '../../../test/support/no-token-server.ts'
import { startTlsServer } from '../../../test/support/tls-server.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { createLog } from '../../lib/log.ts'
import { applicationCaller } from './application-caller.ts'
import { createEwsClient } from './ews-client.ts'
import { inbox } from './ids.ts'
import { subscribe } from './operations/subscribe.ts'
import { newMailWait } from './wait.ts'

const signal = new AbortController().signal
const opened = '<ConnectionStatus>OK</ConnectionStatus>'
const closed = '<ConnectionStatus>Closed</ConnectionStatus>'
const newMail = '<Notifications><Notification><NewMailEvent/></Notification></Notifications>'
const heartbeat = '<Notifications><Notification><StatusEvent/></Notification></Notifications>'

function message(content: string, code = 'NoError'): string {
  return `<Envelope><Body><R><ResponseMessages><M><ResponseCode>${code}</ResponseCode>${content}</M></ResponseMessages></R></Body></Envelope>`
}

/** Exchange with one script: each connection is handed to the test, which writes to it. */
async function open() {
  const operations: string[] = []
  const connections: ServerResponse[] = []
  const waiting: ((connection: ServerResponse) => void)[] = []
  let subscriptions = 0
  const server = await startTlsServer(async (request, response) => {
    const operation = /<s:Body><m:(\w+)/.exec(await text(request))?.[1] ?? ''
    operations.push(operation)
    if (operation === 'GetStreamingEvents') {
      response.writeHead(200, { 'content-type': 'text/xml' }).flushHeaders()
      const taker = waiting.shift()
      if (taker) taker(response)
      else connections.push(response)
    } else {
      subscriptions += 1
      response.end(message(`<SubscriptionId>S${subscriptions}</SubscriptionId>`))
    }
  })
  const http = createHttpClient({ extraCa: server.caPem })
  const tokens = { ...noTokenServer, token: async () => 'token', reject() {} }
  const log = createLog('silent')
  const client = createEwsClient(`${server.origin}/EWS/Exchange.asmx`, 'approvals@contoso.example', {
    caller: applicationCaller(tokens),
    http,
    log,
  })
  const newMailWaiter = newMailWait(client, [inbox], log)
  onTestFinished(async () => {
    await newMailWaiter.close()
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  return {
    wait: () => newMailWaiter.wait(signal),
    close: () => newMailWaiter.close(),
    operations,
    /** A call and its answer on another connection: by then what was written before has been read. */
    roundTrip: () => client.call(subscribe([inbox]), signal),
    /** The next connection that is opened for events. */
    async connection(): Promise<ServerResponse> {
      return connections.shift() ?? new Promise((resolve) => waiting.push(resolve))
    },
  }
}

test('returns when listening begins and at new mail, but not at heartbeats', async () => {
  const exchange = await open()
  const first = exchange.wait()
  const connection = await exchange.connection()
  connection.write(message(opened))
  await first

  let woken = false
  const second = exchange.wait().then(() => {
    woken = true
  })
  connection.write(message(heartbeat))
  connection.write(message(opened))
  await exchange.roundTrip()
  expect(woken).toBe(false)
  connection.write(message(newMail))
  await second
})

test('after the server closes, the same subscription is listened to again', async () => {
  const exchange = await open()
  const first = exchange.wait()
  const connection = await exchange.connection()
  connection.write(message(opened))
  await first
  connection.write(message(heartbeat))
  connection.end(message(closed))
  await exchange.wait()

  const again = exchange.wait()
  ;(await exchange.connection()).write(message(opened))
  await again
  expect(exchange.operations).toEqual(['Subscribe', 'GetStreamingEvents', 'GetStreamingEvents'])
})

test('a subscription that ran out wakes, and is made anew', async () => {
  const exchange = await open()
  const first = exchange.wait()
  const connection = await exchange.connection()
  connection.write(message(opened))
  await first
  connection.write(message(heartbeat))
  connection.end(message(closed))
  await exchange.wait()

  const second = exchange.wait()
  ;(await exchange.connection()).end(message('', 'ErrorSubscriptionNotFound'))
  await second
  const third = exchange.wait()
  ;(await exchange.connection()).write(message(opened))
  await third
  expect(exchange.operations).toEqual([
    'Subscribe',
    'GetStreamingEvents',
    'GetStreamingEvents',
    'Subscribe',
    'GetStreamingEvents',
  ])
})

test('a subscription that is lost at birth is a failure, so that nobody asks in circles', async () => {
  const exchange = await open()
  const first = exchange.wait()
  ;(await exchange.connection()).end(message('', 'ErrorSubscriptionNotFound'))
  await expect(first).rejects.toMatchObject({ providerCode: 'ErrorSubscriptionNotFound' })
})

test.each([
  ['ErrorSubscriptionNotFound', 'protocol'],
  ['ErrorInvalidSubscription', 'protocol'],
  ['ErrorExceededConnectionCount', 'throttled'],
  ['ErrorExceededSubscriptionCount', 'throttled'],
])('%s, again and again, is told each time, so that polling takes over', async (code, kind) => {
  const exchange = await open()
  for (let round = 0; round < 3; round += 1) {
    const waiting = exchange.wait()
    ;(await exchange.connection()).end(message('', code))
    await expect(waiting).rejects.toMatchObject({ kind, providerCode: code })
  }
})

test.each([
  ['closed', message(opened) + message(closed)],
  ['ended', message(opened)],
  ['ended without a word', ''],
])('a connection that is %s as soon as it is open is a failure', async (_, content) => {
  const exchange = await open()
  const first = exchange.wait()
  ;(await exchange.connection()).end(content)
  const second = first.then(() => exchange.wait())
  await expect(second).rejects.toMatchObject({ kind: 'unavailable', providerCode: 'stream-ended' })
})

test('a connection that is cut at any octet ends the wait, and the next one goes on', async () => {
  const exchange = await open()
  const bytes = Buffer.from(message(`<Note>é👍</Note>${opened}`) + message(newMail))
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const failure = (async () => {
      // The first envelope and the news may each end a wait before the cut does.
      for (let waits = 0; waits < 3; waits += 1) await exchange.wait()
    })()
    const connection = await exchange.connection()
    connection.write(bytes.subarray(0, cut), () => connection.destroy())
    await expect(failure).rejects.toMatchObject({ kind: 'unavailable', retry: 'later' })
  }
  expect(exchange.operations.filter((operation) => operation === 'Subscribe')).toHaveLength(1)
})

test('a connection that breaks is a failure', async () => {
  const exchange = await open()
  const first = exchange.wait()
  const connection = await exchange.connection()
  connection.write(message(opened))
  await first
  const second = exchange.wait()
  connection.destroy()
  await expect(second).rejects.toMatchObject({ kind: 'unavailable', retry: 'later' })
})

test('closing gives the subscription back', async () => {
  const exchange = await open()
  const first = exchange.wait()
  ;(await exchange.connection()).write(message(opened))
  await first
  await exchange.close()
  expect(exchange.operations.at(-1)).toBe('Unsubscribe')
})
