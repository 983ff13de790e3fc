import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { World } from '../../world.ts'

/** As much of a client's answer is read. */
const ANSWER_LIMIT = 64 * 1024

export interface ClientAnswer {
  status: number
  contentType: string
  text: string
}

/** Whether the simulator may call it: it never leaves this machine. */
export function isCallable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/**
 * Posts to a client's notification URL.
 * @param limitMs of the simulator's clock, until the whole answer is there
 * @throws Error when nothing came in time, or the network failed
 */
export async function postToClient(
  { clock, graph }: World,
  url: string,
  { contentType, body }: { contentType: string; body: string },
  limitMs: number,
): Promise<ClientAnswer> {
  const late = new AbortController()
  const cancel = clock.after(limitMs, () => late.abort())
  const signal = AbortSignal.any([late.signal, graph.ending.signal])
  try {
    return await post(url, { contentType, body, signal })
  } finally {
    cancel()
  }
}

function post(
  url: string,
  { contentType, body, signal }: { contentType: string; body: string; signal: AbortSignal },
): Promise<ClientAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }
    const sent = send(url, { method: 'POST', headers, agent: false, signal }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > ANSWER_LIMIT) response.destroy(new Error('the answer of a client is too long'))
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          text,
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
