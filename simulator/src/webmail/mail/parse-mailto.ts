/** What a mailto link asks the composer to prefill. Addresses are a comma-separated list, lines end in `\n`. */
export type Mailto = {
  readonly to: string
  readonly cc: string
  readonly subject: string
  readonly body: string
}

/**
 * Reads a mailto URI by RFC 6068: percent-decoding only, a literal `+` stays a plus sign (this is not a web
 * form), lists are split before they are decoded. Header fields other than to, cc, subject and body are
 * ignored as section 4 advises. Never throws: a broken escape stays as it is written and an unescaped `#`
 * does not start a fragment, like in mail clients.
 */
export function parseMailto(uri: string): Mailto {
  const [, path = '', query = ''] = /^mailto:([^?]*)\??(.*)/is.exec(uri.trim()) ?? []
  const fields = query
    .split('&')
    .map((field) => /^([^=]*)=?(.*)$/s.exec(field) ?? ['', '', ''])
    .map(([, name = '', value = '']) => ({ name: decode(name).toLowerCase(), value }))
  const all = (name: string) => fields.filter((field) => field.name === name).map((field) => field.value)
  return {
    to: decodeList([path, ...all('to')]),
    cc: decodeList(all('cc')),
    subject: decode(all('subject')[0] ?? '').replace(/\s*[\r\n]+\s*/g, ' '),
    body: decode(all('body')[0] ?? '').replace(/\r\n?/g, '\n'),
  }
}

function decodeList(lists: readonly string[]): string {
  return lists
    .flatMap((list) => list.split(','))
    .map((address) =>
      decode(address)
        .replace(/[\r\n]+/g, ' ')
        .trim(),
    )
    .filter((address) => address !== '')
    .join(', ')
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}
