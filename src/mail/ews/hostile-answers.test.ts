/** Whatever a server answers, it is read or refused by name: nothing hangs, and nothing else is thrown. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answer, done, openScripted, startScriptedExchange } from '../../../test/support/scripted-exchange.ts'
import { runSteps } from '../../mailboxes/doctor/run-steps.ts'
import { MailError } from '../errors.ts'
import type { Mailbox } from '../mailbox.ts'
import { splitEnvelopes } from './envelope-splitter.ts'
import { inbox } from './ids.ts'
import type { Operation } from './operation.ts'
import { createFolder } from './operations/create-folder.ts'
import { createItem } from './operations/create-item.ts'
import { deleteItem } from './operations/delete-item.ts'
import { findFolder } from './operations/find-folder.ts'
import { findItem } from './operations/find-item.ts'
import { getFolder } from './operations/get-folder.ts'
import { getItemHeads, getItemIds, getItemMessages } from './operations/get-item.ts'
import { getStreamingEvents } from './operations/get-streaming-events.ts'
import { moveItem } from './operations/move-item.ts'
import { subscribe } from './operations/subscribe.ts'
import { syncFolderItems } from './operations/sync-folder-items.ts'
import { updateItemRead } from './operations/update-item.ts'
import { readMessages, readResponseMessages } from './response-message.ts'
import { readEnvelope } from './soap-envelope.ts'

const kinds = [
  'auth',
  'consent',
  'blocked-by-policy',
  'throttled',
  'unavailable',
  'not-found',
  'refused',
  'invalid',
  'protocol',
]
const retries = ['now', 'later', 'pause-mailbox', 'never']

/** Runs what reads an answer; only a complete `MailError` may come out of it beside a value. */
async function readOrRefused<Value>(read: () => Value | Promise<Value>): Promise<Value | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    expect(kinds).toContain(error.kind)
    expect(retries).toContain(error.retry)
    return null
  }
}

const ids = ['A', 'B']
const items = ids.map((id) => ({ id, changeKey: null }))
const operations: Operation<unknown>[] = [
  createFolder('Processed'),
  createItem([Buffer.alloc(1), Buffer.alloc(1)]),
  deleteItem(items),
  findFolder('Processed'),
  findItem('<a@contoso.example>', [inbox, inbox]),
  getFolder(inbox),
  getItemHeads(ids),
  getItemIds(items),
  getItemMessages(ids),
  getStreamingEvents('S'),
  moveItem(items, inbox),
  subscribe([inbox]),
  syncFolderItems(inbox, null, 512),
  updateItemRead(items),
]

const names = [
  ...['Envelope', 'Body', 'Fault', 'faultcode', 'detail', 'MessageXml', 'Value', 'ResponseMessages'],
  ...['ResponseCode', 'Items', 'Message', 'ItemId', 'MimeContent', 'DateTimeReceived', 'Size', 'Subject'],
  ...['SyncState', 'IncludesLastItemInRange', 'Changes', 'Create', 'RootFolder', 'Folders', 'Folder'],
  ...['FolderId', 'Notifications', 'Notification', 'NewMailEvent', 'ConnectionStatus', 'SubscriptionId'],
  ...[
    'InternetMessageHeaders',
    'InternetMessageHeader',
    'ExtendedProperty',
    'ExtendedFieldURI',
    'ToRecipients',
  ],
]
const texts = [
  ...[
    'NoError',
    'ErrorServerBusy',
    'ErrorBatchProcessingStopped',
    'ErrorOfNextYear',
    'a:',
    'Closed',
    'false',
  ],
  ...[
    'constructor',
    '__proto__',
    'hasOwnProperty',
    '',
    '-1',
    '1e999',
    'NaN',
    '2026-13-45T99:99:99Z',
    '0x7d',
    '=',
  ],
]
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
const anyText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 40 })).map(escaped)

/** Elements that Exchange uses, in places where it does not. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    anyText,
    fc
      .tuple(
        fc.constantFrom(...names),
        fc.constantFrom('Id', 'Name', 'HeaderName', 'PropertyTag', '__proto__'),
        anyText,
        fc.array(tie('tree'), { maxLength: 4 }),
      )
      .map(
        ([name, attribute, value, children]) =>
          `<${name} ${attribute}="${value}">${children.join('')}</${name}>`,
      ),
  ),
}))
const message = fc
  .tuple(anyText, tree, tree)
  .map((parts) => `<M><ResponseCode>${parts[0]}</ResponseCode>${parts[1]}${parts[2]}</M>`)
const envelope = fc.oneof(
  tree,
  tree.map((content) => `<Envelope><Body>${content}</Body></Envelope>`),
  fc.array(message, { maxLength: 3 }).map((messages) => answer(...messages)),
  fc.array(tree, { maxLength: 3 }).map((contents) => answer(...contents.map(done))),
)

test('an answer of any shape, to every operation', async () => {
  await fc.assert(
    fc.asyncProperty(envelope, fc.constantFrom(...operations), async (text, { count, read }) => {
      await readOrRefused(() => read(readResponseMessages(readEnvelope(text, ''), count, '')))
      await readOrRefused(() => read(readMessages(readEnvelope(text, ''), '')))
    }),
    { numRuns: 2_000 },
  )
})

test('a good answer with a few octets changed', async () => {
  const item = `<Items><Message><MimeContent>eA==</MimeContent><ItemId Id="A"/><DateTimeReceived>2026-11-24T09:00:00Z</DateTimeReceived></Message></Items>`
  const good = Buffer.from(answer(done(item), done(item)))
  const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const octets = Buffer.from(good)
      for (const [at, octet] of changes) octets[at] = octet
      const text = new TextDecoder().decode(octets)
      const { count, read } = getItemMessages(ids)
      await readOrRefused(() => read(readResponseMessages(readEnvelope(text, ''), count, '')))
    }),
    { numRuns: 1_000 },
  )
})

test('a stream of any octets in any chunks gives out no more than came in', async () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom('<s:Envelope>', '</s:Envelope>', '</s:Env', 'elope', ' >', '👍')
      .map((text) => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (chunks) => {
      async function* stream() {
        yield* chunks
      }
      let length = 0
      for await (const one of splitEnvelopes(stream())) {
        expect(one).toMatch(/<\/[^<]*Envelope\s*>$/)
        length += one.length
      }
      expect(length).toBeLessThanOrEqual(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
    }),
  )
})

/** All that can be asked of a mailbox. */
const asking: Record<string, (mailbox: Mailbox, signal: AbortSignal) => Promise<unknown>> = {
  receive: (mailbox, signal) =>
    mailbox.receive({
      cursor: null,
      startFrom: new Date(0),
      areOurs: async (heads) => heads.map(() => true),
      isKnown: async () => new Set(),
      limit: { messages: 10, bytes: 1_000 },
      signal,
    }),
  fetch: (mailbox, signal) =>
    mailbox.fetch({ providerIds: ids, areOurs: async (heads) => heads.map(() => true), signal }),
  settle: (mailbox, signal) => mailbox.settle(ids, 'move', signal),
  send: (mailbox, signal) => mailbox.send([{ messageId: '<a@b.example>', mime: Buffer.from('x') }], signal),
  findSent: (mailbox, signal) => mailbox.findSent('<a@b.example>', signal),
  wait: (mailbox, signal) => mailbox.wait(signal),
  checks: async (mailbox, signal) => {
    for await (const { outcome } of runSteps(mailbox.checks(), signal))
      expect(outcome).toMatch(/^(ok|warning|failed|skipped)$/)
  },
}

test.each(Object.keys(asking))('over the wire: %s', async (name) => {
  let next: { status: number; type: string; body: Uint8Array } = {
    status: 200,
    type: '',
    body: Buffer.alloc(0),
  }
  const exchange = await startScriptedExchange((_, response) => {
    response.writeHead(next.status, { 'content-type': next.type }).end(next.body)
    return null
  })
  const mailbox = openScripted(exchange)
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    envelope.map((text) => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(200, 200, 200, 204, 302, 400, 401, 403, 404, 418, 500, 503),
      fc.constantFrom('text/xml', 'text/html', 'application/json'),
      bodies,
      async (status, type, body) => {
        next = { status, type, body }
        const before = exchange.calls.length
        await readOrRefused(() => asking[name]?.(mailbox, new AbortController().signal))
        expect(exchange.calls.length - before).toBeLessThan(20)
      },
    ),
    { numRuns: 60 },
  )
})
