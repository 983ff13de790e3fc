/** The way to a mail server through the organisation's proxy. */
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import type { ImapTransport } from 'imapflow'
import { authorities } from '../../lib/authorities.ts'
import { openTunnel } from '../../lib/open-tunnel.ts'
import { goesThrough, type ProxySettings } from '../../lib/proxy-settings.ts'
import { networkError } from '../network-error.ts'
import type { MailServer } from './imap-settings.ts'

/** A connection to the server, if it is to go through the proxy; null if not. Throws `MailError`. */
export async function throughProxy(
  { host, port }: MailServer,
  { proxy, extraCa }: { proxy: ProxySettings | null; extraCa: string | null },
  timeoutMs: number,
): Promise<Socket | null> {
  if (proxy === null || !goesThrough(proxy, host, port)) return null
  try {
    return await openTunnel(proxy.url, { hostname: host, port }, { ca: authorities(extraCa), timeoutMs })
  } catch (error) {
    throw networkError(error, host)
  }
}

/** What imapflow needs to work over a connection that is there already. TLS is what Node makes of it. */
export function transportOver(socket: Socket): ImapTransport {
  return {
    connect({ secure, tls, host, servername }, onConnect) {
      if (secure) return connect({ ...tls, host, servername, socket }, onConnect)
      // imapflow listens for nothing yet.
      setImmediate(onConnect)
      return socket
    },
    upgrade: (plain, { tls, host, servername }, onSecure) =>
      connect({ ...tls, host, servername, socket: plain }, onSecure),
  }
}
