/** What a client would like of the answer (RFC 7240). */
export interface Prefer {
  immutableIds: boolean
  bodyType: 'text' | 'html'
  /** `odata.maxpagesize` */
  pageSize: number | null
  /** What was understood, for Preference-Applied. */
  applied: string[]
}

/** Reads a Prefer header; what Graph does not know it passes over. */
export function readPrefer(header: string | undefined): Prefer {
  const prefer: Prefer = { immutableIds: false, bodyType: 'html', pageSize: null, applied: [] }
  for (const [text, name = '', quoted, plain = ''] of (header ?? '').matchAll(
    /([A-Za-z.-]+)(?:=(?:"([^"]*)"|([^",;\s]+)))?/g,
  )) {
    if (apply(prefer, name.toLowerCase(), quoted ?? plain)) prefer.applied.push(text)
  }
  return prefer
}

function apply(prefer: Prefer, name: string, value: string): boolean {
  if (name === 'idtype') prefer.immutableIds = value === 'ImmutableId'
  else if (name === 'outlook.body-content-type') prefer.bodyType = value === 'text' ? 'text' : 'html'
  else if (name === 'odata.maxpagesize' && /^[1-9]\d{0,4}$/.test(value)) prefer.pageSize = Number(value)
  else return false
  return true
}
