/** A field such as Content-Type: a value, and parameters by lower-case name. */
export interface FieldWithParameters {
  value: string
  parameters: Map<string, string>
}

/** Quotations without an end would make longer fields slow. */
const LENGTH_LIMIT = 8 * 1024

/** Reads `text/plain; charset="utf-8"` (RFC 2045, section 5.1); what is no parameter, or beyond 8 KiB, is passed over. */
export function readParameters(text: string): FieldWithParameters {
  const bounded = text.slice(0, LENGTH_LIMIT)
  const value = /^[^;]*/.exec(bounded)?.[0].trim().toLowerCase() ?? ''
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, token] of bounded.matchAll(
    /;\s*([^\s=;]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '')
  }
  return { value, parameters }
}
