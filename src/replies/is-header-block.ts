import { languages } from './languages/all-languages.ts'
import { phraseKey } from './phrases.ts'
import type { TextLine } from './text-lines.ts'

/** Lines that a header block may take: mailers wrap them. */
const blockLines = 8

type HeaderField = 'from' | 'sent' | 'to' | 'subject'

const headerFields: HeaderField[] = ['from', 'sent', 'to', 'subject']

/** Each language's labels, folded, with the field they name. */
const headerLabels = languages.map(
  ({ quotedHeaders }) =>
    new Map(
      headerFields.flatMap((field) => quotedHeaders[field].map((text) => [phraseKey(text), field] as const)),
    ),
)

/**
 * Whether a header block of Outlook's kind begins at a line: a From label with two more fields of the same language close
 * below, or all in one line (lost line ends).
 */
export function isHeaderBlock(lines: TextLine[], at: number): boolean {
  const first = labelTexts(lines[at])
  const candidates = headerLabels.filter((labels) => first.some((text) => labels.get(text) === 'from'))
  if (candidates.length === 0) return false
  const texts = lines.slice(at, at + blockLines).flatMap(labelTexts)
  return candidates.some((labels) => {
    const found = new Set(texts.flatMap((text) => labels.get(text) ?? []))
    return found.size >= 3
  })
}

/** What may be labels in a line, folded; the first must stand at its beginning, behind quote marks and asterisks at most. */
function labelTexts(line: TextLine | undefined): string[] {
  if (line === undefined || !/[:：]/.test(line.text)) return []
  if (!/^[\s>*_|]*\p{L}[\p{L}\s]{0,14}[\s*_\u00a0]{0,4}[:：]/u.test(line.text)) return []
  const parts = line.text.slice(0, 2_000).split(/[:：]/)
  return parts
    .slice(0, -1)
    .map((part, index) =>
      phraseKey(index === 0 ? part : (/\p{L}+[\s*_\u00a0]{0,4}$/u.exec(part.slice(-20))?.[0] ?? '')),
    )
}
