import { escapeHtml } from '../mail/escape-html.ts'

/** HTML that is safe to put into a page: only `html` makes it. */
export type Markup = { readonly markup: string }

type Value = string | number | Markup | readonly Markup[] | null | false

/**
 * Template tag for HTML. Strings and numbers are escaped, markup and lists of it are inserted, null and false
 * leave nothing. Attribute values must be quoted in the template.
 */
export function html(literals: TemplateStringsArray, ...values: Value[]): Markup {
  const pieces = literals.map((literal, index) => literal + render(values[index] ?? null))
  return { markup: pieces.join('') }
}

function render(value: Value): string {
  if (value === null || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  if ('markup' in value) return value.markup
  return value.map(({ markup }) => markup).join('')
}
