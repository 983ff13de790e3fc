import type { Locale } from '../../lib/translate.ts'
import type { RequestData } from './check-request-data.ts'
import { formatValue } from './format-value.ts'
import { localText } from './local-text.ts'
import type { ProcessDefinition } from './process.ts'
import { fillTemplate } from './title-template.ts'

const MAX_TITLE = 200

/** Control characters, line separators, and the marks by which a value could turn the text around it. */
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu

/**
 * The title of a request: the definition's template filled in, one line of at most 200 UTF-16 units, for subjects and
 * lists. Falls back to the title of the process when nothing is left of it.
 */
export function renderTitle(definition: ProcessDefinition, data: RequestData, locale: Locale): string {
  const filled = fillTemplate(localText(definition.requestTitle, locale), (name) => {
    const field = definition.fields.find((candidate) => candidate.name === name)
    return field === undefined ? '' : formatValue(field, data[name], locale)
  })
  const line = filled.replace(unprintable, ' ').replace(/ {2,}/g, ' ').trim()
  return line === '' ? localText(definition.title, locale) : shorten(line)
}

function shorten(line: string): string {
  if (line.length <= MAX_TITLE) return line
  // The cut may fall inside a surrogate pair, whose first half would be left.
  return `${line
    .slice(0, MAX_TITLE - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}
