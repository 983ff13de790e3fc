/** Where a server that listens there is reached on this machine. */
export function localUrl({ host, port }: { host: string; port: number }): string {
  return `http://${hostInUrl(host)}:${port}`
}

/** Who listens everywhere is reached here on loopback; IPv6 needs brackets (RFC 3986, 3.2.2). */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
