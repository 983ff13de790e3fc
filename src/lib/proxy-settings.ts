/** The organisation's proxy, as its environment variables name it, and which hosts are called past it. */
import { isLoopback } from './is-loopback.ts'

export interface ProxySettings {
  /** `http:` or `https:`, maybe with a user and a password: never logged. */
  url: string
  /** As NO_PROXY has them: names, which stand for what is below them too, addresses, or `*`; a port may follow. */
  exceptions: string
}

/** Whether a host is called through the proxy. This machine never is: its proxy may be another one. */
export function goesThrough({ exceptions }: ProxySettings, hostname: string, port: number): boolean {
  const name = plain(hostname)
  if (isLoopback(hostname) || name === '::1') return false
  return !exceptions.split(/[\s,]+/).some((exception) => covers(exception, name, port))
}

function covers(exception: string, name: string, port: number): boolean {
  if (exception === '*') return true
  const [, host = '', at] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? []
  if (at !== undefined && Number(at) !== port) return false
  const wanted = plain(host).replace(/^\*?\./, '')
  return wanted !== '' && (name === wanted || name.endsWith(`.${wanted}`))
}

/** In lower case, without the brackets of an IPv6 address and the dot that ends a full name. */
function plain(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '')
}
