import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebmailBackend } from '../backend.ts'

/** Proxies and sleeping laptops drop silent connections; a comment line keeps this one alive. */
const heartbeatMs = 25_000
const reconnectMs = 1_000

/**
 * Answers with server-sent events: one `change` event whenever any mailbox changed. It carries nothing, the
 * page asks again for what it shows. While the reader is slow, changes melt into one event.
 */
export function streamChanges(
  backend: WebmailBackend,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(`retry: ${reconnectMs}\n\n`)

  let isDraining = false
  let isChanged = false
  const send = () => {
    isChanged = isDraining
    if (!isDraining) isDraining = !response.write('event: change\ndata:\n\n')
  }
  response.on('drain', () => {
    isDraining = false
    if (isChanged) send()
  })

  const heartbeat = setInterval(() => isDraining || response.write(':\n\n'), heartbeatMs).unref()
  const unsubscribe = backend.listMailboxes().map(({ address }) => backend.onChange(address, send))
  request.on('close', () => {
    clearInterval(heartbeat)
    for (const stop of unsubscribe) stop()
  })
}
