import { anyLanguage, languages } from '../languages/all-languages.ts'
import { holdsPhrase, phraseKey } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import { headerLabels } from './header-labels.ts'

/** Lines that a header block may take: mailers wrap them. */
const blockLines = 8

/** Fields that make a block by themselves. */
const enough = 3

type HeaderField = 'from' | 'sent' | 'to' | 'subject'

const headerFields: HeaderField[] = ['from', 'sent', 'to', 'subject']

/** Each language's labels, folded, with the field they name. */
const fieldsByLanguage = languages.map(
  ({ quotedHeaders }) =>
    new Map(
      headerFields.flatMap((field) => quotedHeaders[field].map((text) => [phraseKey(text), field] as const)),
    ),
)

/** An address, a year or a time: what clients write into a header, and people not so often behind `From:` and `To:`. */
const telling = /[^\s<>()@]@[^\s<>()@]|(?<!\d)20\d\d(?!\d)|\d[:.]\d\d(?!\d)/

/**
 * Whether a header block of Outlook's kind begins at a line: a From label with two more fields of the same language close
 * below, or all in one line (lost line ends). In another order one of them holds an address or a date; fewer fields are a
 * block only right above a quote.
 *
 * @param isAboveQuote Whether nothing stands between a line and one that is known to be quoted.
 */
export function isHeaderBlock(lines: TextLine[], at: number, isAboveQuote: (at: number) => boolean): boolean {
  const first = headerLabels(lines[at]?.text ?? '')
  if (first.length === 0) return false
  const candidates = fieldsByLanguage.filter((fields) => first.some((text) => fields.has(text)))
  if (candidates.length === 0) return false
  const block = lines.slice(at, at + blockLines)
  const labels = block.map(({ text }) => headerLabels(text))
  return candidates.some((fields) => {
    const found = new Set(labels.flat().flatMap((text) => fields.get(text) ?? []))
    if (!found.has('from')) return false
    const isFromFirst = first.some((text) => fields.get(text) === 'from')
    if (found.size >= enough && (isFromFirst || tells(block))) return true
    const end = labels.findIndex((texts) => !texts.some((text) => fields.has(text)))
    const run = end === -1 ? block : block.slice(0, end)
    const isWhole = labels
      .slice(0, run.length)
      .some((texts) => texts.some((text) => fields.get(text) === 'from'))
    return isWhole && tells(run) && isHarmless(run) && isAboveQuote(at + run.length - 1)
  })
}

function tells(lines: TextLine[]): boolean {
  return lines.some(({ text }) => telling.test(text.slice(0, 500)))
}

function isHarmless(lines: TextLine[]): boolean {
  const { negations, conditions, limits, retractions } = anyLanguage
  const doubts = [negations, conditions, limits, retractions]
  return !lines.some(({ words }) => doubts.some((phrases) => holdsPhrase(words, phrases)))
}
