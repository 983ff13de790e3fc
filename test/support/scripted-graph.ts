/** Graph reduced to a script: an HTTPS server that answers each call as a test says. */
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createHttpClient } from '../../src/lib/http-client.ts'
import { createLog } from '../../src/lib/log.ts'
import { connectionsPerMailbox, openGraphMailbox } from '../../src/mail/graph/graph-mailbox.ts'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import { noTokenServer } from './no-token-server.ts'
import { startTlsServer } from './tls-server.ts'

export const address = 'approvals@contoso.example'

/** One call, or one request of a batch. */
export interface GraphCall {
  method: string
  /** Below the version, decoded. */
  url: string
  headers: IncomingHttpHeaders | Record<string, string>
  body: string
  batched: boolean
  /** Of a batch: the ids that it waits for. */
  dependsOn: string[]
}

export interface GraphAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** The answer to a call; null cuts the connection. */
export type GraphScript = (call: GraphCall, number: number) => GraphAnswer | null

export interface ScriptedGraph {
  mailbox: Mailbox
  origin: string
  /** Every call and every request inside a batch, in order; the batches themselves are not among them. */
  calls: GraphCall[]
  /** HTTP requests. */
  requests: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[]
  rejectedTokens: string[]
}

interface BatchedRequest {
  id: string
  method: string
  url: string
  headers?: Record<string, string>
  body?: unknown
  dependsOn?: string[]
}

/** Starts the server with a mailbox opened on it, and ends both with the test. */
export async function startScriptedGraph(script: GraphScript): Promise<ScriptedGraph> {
  const graph: Omit<ScriptedGraph, 'mailbox' | 'origin'> = { calls: [], requests: [], rejectedTokens: [] }
  const answer = (call: GraphCall) => {
    graph.calls.push(call)
    return script(call, graph.calls.length)
  }
  const server = await startTlsServer(async (request, response) => {
    const body = await text(request)
    const path = (request.url ?? '').replace(/^\/v1\.0/, '')
    const method = request.method ?? ''
    graph.requests.push({ method, path, headers: request.headers, body })
    const single = {
      method,
      url: decodeURIComponent(path),
      headers: request.headers,
      body,
      batched: false,
      dependsOn: [],
    }
    const given = path === '/$batch' ? batch(JSON.parse(body).requests, answer) : answer(single)
    if (given === null) {
      request.socket.destroy()
      return
    }
    const json = given.body === undefined ? '' : JSON.stringify(given.body)
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(json)
  })
  const http = createHttpClient({ extraCa: server.caPem, connections: connectionsPerMailbox })
  const tokens = {
    ...noTokenServer,
    token: async () => `token-${graph.rejectedTokens.length}`,
    reject: (token: string) => void graph.rejectedTokens.push(token),
  }
  const settings = {
    host: new URL(server.origin).host,
    security: 'ssl',
    address,
    processedFolder: 'Processed',
    watchJunk: false,
    maxMessageBytes: 40 * 1024 * 1024,
  } as const
  const mailbox = openGraphMailbox(settings, { tokens, http, log: createLog('silent') })
  onTestFinished(async () => {
    await mailbox.close()
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  return { ...graph, mailbox, origin: server.origin }
}

/** Works a batch as Graph does: what depends on a failure is not tried; the answers come in another order. */
function batch(
  requests: BatchedRequest[],
  answer: (call: GraphCall) => GraphAnswer | null,
): GraphAnswer | null {
  const failed = new Set<string>()
  const responses: object[] = []
  for (const { id, method, url, headers = {}, body, dependsOn = [] } of requests) {
    const untried = dependsOn.some((other) => failed.has(other))
    const text = body === undefined ? '' : JSON.stringify(body)
    const call = { method, url: decodeURIComponent(url), headers, body: text, batched: true, dependsOn }
    const given = untried ? { status: 424, body: { error: { code: 'FailedDependency' } } } : answer(call)
    if (given === null) return null
    if (given.status >= 400) failed.add(id)
    responses.unshift({ id, ...given })
  }
  return { status: 200, body: { responses } }
}
