import { gunzipSync } from 'node:zlib'
import { defaultCompany, type Simulator } from '../../src/index.ts'
import { type Answer, app, http, token } from './ews-client.ts'

export const approvals = 'approvals@contoso.example'
export const elodie = 'elodie.gagnon@contoso.example'
export const tenantId = defaultCompany.id

/** An answer with its JSON; `json` is empty for any other content. */
export interface GraphAnswer extends Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any
}

export interface GraphCall {
  headers?: Record<string, string>
  /** An object is sent as JSON, a text as `text/plain`. */
  body?: object | string
}

export async function graphToken(
  simulator: Simulator,
  scope = 'https://graph.microsoft.com/.default',
): Promise<string> {
  return JSON.parse((await token(simulator, { scope })).body).access_token
}

export async function callGraph(
  simulator: Simulator,
  method: string,
  path: string,
  { headers = {}, body }: GraphCall = {},
): Promise<GraphAnswer> {
  const url = path.startsWith('http') ? path : `${simulator.graphUrl}${path}`
  const type =
    body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }
  const content = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await http(simulator, method, url, { ...type, ...headers }, content)
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  return { ...answer, json: isJson ? JSON.parse(plainTextOf(answer)) : {} }
}

function plainTextOf({ headers, octets, body }: Answer): string {
  return headers['content-encoding'] === 'gzip' ? gunzipSync(octets).toString() : body
}

/** A client of one mailbox with a token of its own; paths begin in the mailbox. */
export async function graphClient(simulator: Simulator, mailbox = approvals) {
  const authorization = `Bearer ${await graphToken(simulator)}`
  const outer = (method: string, path: string, call: GraphCall = {}) =>
    callGraph(simulator, method, path, { ...call, headers: { authorization, ...call.headers } })
  const inner = (method: string) => (path: string, call?: GraphCall) =>
    outer(method, path.startsWith('http') ? path : `/users/${mailbox}${path}`, call)
  return {
    headers: { authorization },
    /** A path from `/v1.0` on. */
    call: outer,
    get: inner('GET'),
    post: inner('POST'),
    patch: inner('PATCH'),
    delete: inner('DELETE'),
  }
}

export type GraphClient = Awaited<ReturnType<typeof graphClient>>

/** The header that asks for ids that stay. */
export const immutable = { prefer: 'IdType="ImmutableId"' }

/** A query with its values encoded. */
export function query(options: Record<string, string>): string {
  return `?${new URLSearchParams(options)}`
}

export const errorOf = ({ status, json }: GraphAnswer) => [status, json.error?.code]

export { app }
