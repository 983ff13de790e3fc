import type { ServerResponse } from 'node:http'

/** What a route gives back: everything but streams is built first and written once. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Sends the reader on with GET, as after a form (RFC 9110 section 15.4.4). `location` is a path of ours. */
export function seeOther(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { ...headers, Location: location }, body: '' }
}

/** Writes an answer; no octet of it is ever sniffed for another type. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // Not `no-referrer`: with that policy browsers send `Origin: null` with our own forms.
    'Referrer-Policy': 'same-origin',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
