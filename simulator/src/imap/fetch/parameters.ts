/** A field such as Content-Type: a value, and parameters by lower-case name. */
export interface FieldWithParameters {
  value: string
  parameters: Map<string, string>
}

/** Reads `text/plain; charset="utf-8"` (RFC 2045, section 5.1); what is no parameter is passed over. */
export function readParameters(text: string): FieldWithParameters {
  const value = /^[^;]*/.exec(text)?.[0].trim().toLowerCase() ?? ''
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, token] of text.matchAll(
    /;\s*([^\s=;]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '')
  }
  return { value, parameters }
}
