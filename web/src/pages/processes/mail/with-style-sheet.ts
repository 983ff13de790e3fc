/**
 * A mail of ours with its style attributes as rules of a style sheet. A frame inherits the page's content security policy,
 * which lets in style sheets that bear its nonce and no style attribute. Quotes within a mail's text are escaped, so that
 * what looks like an attribute here is one.
 */
export function withStyleSheet(html: string, nonce: string): string {
  const rules = new Map<string, string>()
  const body = html
    .replace(/<style\b/g, `<style nonce="${nonce}"`)
    .replace(/\sstyle="([^"]*)"/g, (_, style: string) => {
      const name = rules.get(style) ?? `s${rules.size}`
      rules.set(style, name)
      return ` data-style="${name}"`
    })
  // Three times the same, so that it outweighs the mail's own style sheet as an attribute would.
  const sheet = [...rules].map(
    ([style, name]) => `${`[data-style="${name}"]`.repeat(3)}{${withoutEntities(style)}}`,
  )
  return body.replace(/<\/head>/, () => `<style nonce="${nonce}">${sheet.join('\n')}</style></head>`)
}

function withoutEntities(attribute: string): string {
  return attribute.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}
