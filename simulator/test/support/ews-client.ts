import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { Simulator } from '../../src/index.ts'
import { defaultCompany } from '../../src/index.ts'

/** A raw client for tests: knows HTTP and the text of a SOAP envelope, and nothing of the simulator's code. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
  octets: Buffer
}

export const app = {
  id: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
  secret: defaultCompany.apps?.[0]?.secrets?.[0]?.value ?? '',
}

export async function http(
  simulator: Pick<Simulator, 'caPem'>,
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const target = new URL(url)
    const options: RequestOptions = { method, headers, agent: false }
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest
    const sent = send(
      target,
      target.protocol === 'https:' ? { ...options, ca: simulator.caPem } : options,
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            octets: Buffer.concat(chunks),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A call of the control API with JSON or a raw message; answers the parsed JSON. */
export async function control<Value = unknown>(
  simulator: Simulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<Value> {
  const content = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const answer = await http(simulator, method, `${simulator.http}/_sim${path}`, {}, content)
  const value = JSON.parse(answer.body)
  if (answer.status >= 400) throw new Error(`${answer.status} ${value.code ?? ''} ${value.error}`)
  return value as Value
}

export async function token(simulator: Simulator, fields: Record<string, string> = {}): Promise<Answer> {
  const form = new URLSearchParams({
    client_id: app.id,
    client_secret: app.secret,
    scope: 'https://outlook.office365.com/.default',
    grant_type: 'client_credentials',
    ...fields,
  })
  return postToken(simulator, form.toString())
}

export async function postToken(
  simulator: Simulator,
  body: string,
  options: { url?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...options.headers }
  return http(simulator, 'POST', options.url ?? simulator.tokenEndpoint, headers, body)
}

export async function accessToken(simulator: Simulator): Promise<string> {
  return (JSON.parse((await token(simulator)).body) as { access_token: string }).access_token
}

/** A SOAP envelope around the XML of one operation, for `mailbox`; an empty mailbox leaves impersonation out. */
export function envelope(operation: string, mailbox: string): string {
  const impersonation =
    mailbox === ''
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${mailbox}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header><t:RequestServerVersion Version="Exchange2016"/>${impersonation}</soap:Header><soap:Body>${operation}</soap:Body></soap:Envelope>`
}

/** A client of one mailbox with a token of its own. */
export async function ewsClient(simulator: Simulator, mailbox = 'approvals@contoso.example') {
  const bearer = await accessToken(simulator)
  const headers = {
    authorization: `Bearer ${bearer}`,
    'content-type': 'text/xml; charset=utf-8',
    'x-anchormailbox': mailbox,
  }
  return {
    headers,
    call: (operation: string, extra: Record<string, string> = {}) =>
      http(simulator, 'POST', simulator.ewsUrl, { ...headers, ...extra }, envelope(operation, mailbox)),
  }
}

/** Every value that an expression with one group finds. */
export function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1] ?? '')
}

/** The ids of the items in an answer, in order. */
export const itemIds = (body: string): string[] => all(body, /<t:ItemId Id="([^"]+)"/)
export const changeKeys = (body: string): string[] => all(body, /<t:ItemId Id="[^"]+" ChangeKey="([^"]+)"/)
export const responseCodes = (body: string): string[] => all(body, /<m:ResponseCode>([^<]+)</)
