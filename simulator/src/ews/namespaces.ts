/**
 * The namespaces of an EWS exchange with the prefix this code calls each by. Microsoft's pages print
 * `https://schemas.xmlsoap.org/…` since a bulk edit; that is not SOAP 1.1 and is refused.
 */
export const namespaces = {
  s: 'http://schemas.xmlsoap.org/soap/envelope/',
  t: 'http://schemas.microsoft.com/exchange/services/2006/types',
  m: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  e: 'http://schemas.microsoft.com/exchange/services/2006/errors',
} as const

/** `t:ItemId` for an element of the types namespace, `{uri}name` for one we have no prefix for. */
export function qualifiedName(uri: string, local: string): string {
  for (const [prefix, known] of Object.entries(namespaces)) if (uri === known) return `${prefix}:${local}`
  return `{${uri}}${local}`
}
