import { expect, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import { type GraphAnswer, startScriptedGraph } from '../../../test/support/scripted-graph.ts'

const signal = new AbortController().signal
const invalidToken = {
  status: 401,
  body: { error: { code: 'InvalidAuthenticationToken', message: 'Access token has expired.' } },
}

test('asks for a fresh token once, and names what a second refusal means', async () => {
  const graph = await startScriptedGraph((_, number) =>
    number === 1 ? invalidToken : { status: 200, body: { value: [] } },
  )
  expect(await graph.mailbox.findSent('<a@b>', signal)).toBe('absent')
  expect(graph.rejectedTokens).toEqual(['token-0'])
  expect(graph.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-0',
    'Bearer token-1',
  ])

  const refused = await startScriptedGraph(() => invalidToken)
  const error = await failureOf(refused)
  expect(error).toMatchObject({ kind: 'auth', retry: 'pause-mailbox', messageKey: 'token.refused-by-graph' })
  expect(refused.requests).toHaveLength(2)
})

async function failureOf({ mailbox }: Awaited<ReturnType<typeof startScriptedGraph>>) {
  return mailFailure(
    mailbox.receive({
      cursor: null,
      startFrom: new Date(0),
      areOurs: async (heads) => heads.map(() => true),
      isKnown: async () => new Set(),
      limit: { messages: 1, bytes: 1 },
      signal,
    }),
  )
}

const refusals: [string, GraphAnswer, object][] = [
  [
    'a token for another service',
    {
      status: 401,
      body: {
        error: {
          code: 'InvalidAuthenticationToken',
          message: 'Access token validation failure. Invalid audience.',
        },
      },
    },
    { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'token.wrong-audience' },
  ],
  [
    'an access policy',
    {
      status: 403,
      body: {
        error: {
          code: 'ErrorAccessDenied',
          message:
            'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
        },
      },
    },
    { kind: 'consent', retry: 'pause-mailbox', messageKey: 'mailbox.access-denied' },
  ],
  [
    'an unknown mailbox',
    {
      status: 404,
      body: { error: { code: 'ErrorInvalidUser', message: "The requested user 'x' is invalid." } },
    },
    { kind: 'not-found', retry: 'pause-mailbox', messageKey: 'mailbox.unknown' },
  ],
  [
    'a mailbox on premises',
    { status: 404, body: { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'x' } } },
    { kind: 'not-found', retry: 'pause-mailbox', messageKey: 'mailbox.not-in-the-cloud' },
  ],
  [
    'throttling',
    {
      status: 429,
      headers: { 'retry-after': '12' },
      body: { error: { code: 'ApplicationThrottled', message: 'x' } },
    },
    { kind: 'throttled', retry: 'later', retryAfterMs: 12_000, providerCode: 'ApplicationThrottled' },
  ],
  [
    'an outage',
    { status: 503, headers: { 'retry-after': '5' } },
    { kind: 'unavailable', retry: 'later', retryAfterMs: 5_000 },
  ],
  [
    'no Graph',
    { status: 404 },
    { kind: 'invalid', retry: 'pause-mailbox', messageKey: 'http.no-graph-here' },
  ],
  [
    'no JSON',
    { status: 200, headers: { 'content-type': 'text/html' } },
    { kind: 'protocol', providerCode: 'no-delta-link' },
  ],
]

test.each(refusals)('%s is named', async (_, answer, expected) => {
  const graph = await startScriptedGraph(() => answer)
  expect(await failureOf(graph)).toMatchObject(expected)
})
