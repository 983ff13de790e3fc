/** Text for XML 1.0; characters that it cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, (character) => entities[character] ?? character)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  )
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** An element with attributes, in their order; `undefined` ones are left out. Content is XML already. */
export function element(name: string, attributes: Record<string, string | undefined>, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(value ?? '')}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** An element holding text alone. */
export function textElement(name: string, text: string | number | boolean): string {
  return element(name, {}, escapeXml(String(text)))
}

/** xs:dateTime in UTC with whole seconds, as Exchange writes it. */
export function dateTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
