/** Exchange reduced to a script: an HTTPS server that answers each EWS call as a test says. */
import type { ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { createHttpClient, type HttpClient } from '../../src/lib/http-client.ts'
import { createLog } from '../../src/lib/log.ts'
import { openEwsMailbox } from '../../src/mail/ews/ews-mailbox.ts'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import type { TokenSource } from '../../src/oauth/token-source.ts'
import { noTokenServer } from './no-token-server.ts'
import { startTlsServer } from './tls-server.ts'

const address = 'approvals@contoso.example'

export interface EwsCall {
  /** Microsoft's name, read from the request. */
  operation: string
  /** The ids of the items in the request, in order. */
  ids: string[]
  body: string
}

/** The body of an answer with status 200; null when the script has answered on `response` itself. */
export type Script = (call: EwsCall, response: ServerResponse) => string | null

export interface ScriptedExchange {
  /** `localhost:<port>` */
  host: string
  /** Every call so far. */
  calls: EwsCall[]
  callsOf(operation: string): EwsCall[]
  http: HttpClient
  tokens: TokenSource
}

/** Starts the server, and ends it with the test. The token is the same for ever. */
export async function startScriptedExchange(script: Script): Promise<ScriptedExchange> {
  const calls: EwsCall[] = []
  const server = await startTlsServer(async (request, response) => {
    const body = await text(request)
    const call: EwsCall = {
      operation: /<s:Body><m:(\w+)/.exec(body)?.[1] ?? '',
      ids: [...body.matchAll(/<t:ItemId Id="([^"]*)"/g)].map(([, id]) => id ?? ''),
      body,
    }
    calls.push(call)
    const answer = script(call, response)
    if (answer !== null) response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(answer)
  })
  const http = createHttpClient({ extraCa: server.caPem })
  onTestFinished(async () => {
    await http.close()
    await server[Symbol.asyncDispose]()
  })
  return {
    host: new URL(server.origin).host,
    calls,
    callsOf: (operation) => calls.filter((call) => call.operation === operation),
    http,
    tokens: { ...noTokenServer, token: async () => 'token', reject() {} },
  }
}

/** A mailbox opened on the script, as the product opens one. */
export function openScripted({ host, http, tokens }: ScriptedExchange): Mailbox {
  const rest = { processedFolder: 'Processed', watchJunk: false, maxMessageBytes: 40 * 1024 * 1024 }
  const settings = { host, security: 'ssl', address, ...rest } as const
  const mailbox = openEwsMailbox(settings, { credential: { tokens }, http, log: createLog('silent') })
  onTestFinished(() => mailbox.close())
  return mailbox
}

const open =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:m" xmlns:t="urn:t"><s:Body>'
const end = '</s:Body></s:Envelope>'

/** An answer of these response messages. */
export function answer(...messages: string[]): string {
  return `${open}<m:R><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:R>${end}`
}

/** A response message that went well. */
export function done(content = ''): string {
  return `<m:M ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:M>`
}

/** A response message that did not. */
export function failed(code: string, content = ''): string {
  return `<m:M ResponseClass="Error"><m:MessageText>text</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>${content}</m:M>`
}

/** A SOAP fault, in the 500 that it comes with. */
export function fault(response: ServerResponse, code: string): null {
  const body = `${open}<s:Fault><faultcode>a:${code}</faultcode><faultstring>texte</faultstring><detail><ResponseCode>${code}</ResponseCode></detail></s:Fault>${end}`
  response.writeHead(500, { 'content-type': 'text/xml; charset=utf-8' }).end(body)
  return null
}

/** A plain HTTP answer of the front door. */
export function status(response: ServerResponse, code: number): null {
  response.writeHead(code).end()
  return null
}
