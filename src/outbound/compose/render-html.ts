import { readFileSync } from 'node:fs'
import { Liquid } from 'liquidjs'
import type { MailBody } from './mail-body.ts'

const liquid = new Liquid({
  // Everything that people wrote arrives as text and leaves escaped.
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  parseLimit: 200_000,
  memoryLimit: 4_000_000,
})

/** Made from `templates/` by `npm run generate`. */
const template = liquid.parse(readFileSync(new URL('./generated/mail.liquid', import.meta.url), 'utf8'))

/** The HTML part. */
export function renderHtml(body: MailBody): string {
  return liquid.renderSync(template, body)
}
