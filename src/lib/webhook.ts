/**
 * Tells another program over HTTP, as Standard Webhooks lays down (github.com/standard-webhooks/standard-webhooks):
 * JSON with `type`, `timestamp` and `data`, an id by which a repeat is known, and a signature.
 */
import { createHmac } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { HttpClient } from './http-client.ts'

export interface WebhookNews {
  /** The same for each repeat. */
  id: string
  type: string
  data: object
}

/** Throws when it is not taken, that is, not answered with a status from 200 to 299. */
export type PostToWebhook = (news: WebhookNews, signal: AbortSignal) => Promise<void>

const TIMEOUT_MS = 15_000

/** `secret` is `whsec_` and base64; null leaves the news unsigned. The URL may hold a secret and is in no error. */
export function createWebhook(
  { url, secret }: { url: string; secret: string | null },
  { http, clock }: { http: HttpClient; clock: Clock },
): PostToWebhook {
  return async ({ id, type, data }, signal) => {
    const now = clock()
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const body = JSON.stringify({ type, timestamp: now.toISOString(), data })
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      ...(secret === null ? {} : { 'webhook-signature': sign(secret, `${id}.${timestamp}.${body}`) }),
    }
    const { status } = await http.request({
      method: 'POST',
      url,
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    if (status < 200 || status > 299) throw new Error(`The webhook answered with HTTP ${status}`)
  }
}

function sign(secret: string, content: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}
