import type { IncomingMessage } from 'node:http'

/**
 * True when a form was posted by one of our own pages. Browsers send Origin with every POST; Fetch Metadata
 * stands in where a privacy setting removed it. Whoever sends neither is not a browser on our page.
 */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return headers['sec-fetch-site'] === 'same-origin'
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host
}
