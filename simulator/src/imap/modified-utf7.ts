/** The encoding of folder names (RFC 3501, section 5.1.3): UTF-16 in a base64 with `,` for `/`, between `&` and `-`. */
export function encodeModifiedUtf7(text: string): string {
  return text.replace(/&|[^ -~]+/g, (run) => {
    if (run === '&') return '&-'
    const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64')
    return `&${base64.replace(/=+$/, '').replaceAll('/', ',')}-`
  })
}

/** The text of an encoded name, or `null` for one that is written wrongly. */
export function decodeModifiedUtf7(name: string): string | null {
  if (!/^(?:[ -%'-~]|&[A-Za-z0-9+,]*-)*$/.test(name)) return null
  const text = name.replace(/&([^-]*)-/g, (_, base64: string) => {
    if (base64 === '') return '&'
    const octets = Buffer.from(base64.replaceAll(',', '/'), 'base64')
    return octets
      .subarray(0, octets.length & ~1)
      .swap16()
      .toString('utf16le')
  })
  // One text has one writing: `&AGE-` for `a` and the like are refused.
  return encodeModifiedUtf7(text) === name ? text : null
}
