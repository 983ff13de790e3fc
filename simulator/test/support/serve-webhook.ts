import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Posted {
  path: string
  contentType: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into notifications of every shape
  body: any
}

/** A client's endpoint for notifications. It shakes hands as Graph asks, and answers notifications as a test says. */
export async function serveWebhook() {
  const notifications: Posted[] = []
  const webhook = {
    notifications,
    handshakes: [] as string[],
    /** The answer to notifications; `null` gives none. */
    status: 202 as number | null,
    /** What of the token goes back. */
    shake: (token: string): { status?: number; type?: string; text: string } | null => ({ text: token }),
    url: '',
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://webhook')
    const token = searchParams.get('validationToken')
    if (token !== null) {
      webhook.handshakes.push(`${request.method} ${pathname} ${request.headers['content-type']}`)
      const answer = webhook.shake(token)
      if (answer)
        response
          .writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/plain' })
          .end(answer.text)
      return
    }
    const contentType = request.headers['content-type'] ?? ''
    notifications.push({ path: pathname, contentType, body: JSON.parse(text) })
    if (webhook.status !== null) response.writeHead(webhook.status).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return webhook
}
