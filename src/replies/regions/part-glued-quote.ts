import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { TextLine } from '../text-lines.ts'
import { isAttribution } from './is-attribution.ts'
import { isOriginalMessage } from './is-original-message.ts'
import { marksQuote } from './marker.ts'

/** Further to the right stands no quote that lost its line end. */
const farthest = 500

/** As many places are looked at in a line. */
const mostPlaces = 10

/** Lines that an attribution may take. */
const window = 8

/**
 * Parts a line in two, in place, where a quote begins in it that lost its line end: `Yes On Tue, 24 Nov 2026 … wrote:`.
 * Only what nobody but a client writes parts a line.
 */
export function partGluedQuote(lines: TextLine[], at: number): void {
  const line = lines[at]
  if (line === undefined || !/[-#:：]/.test(line.text) || /^\s{0,3}>/.test(line.text)) return
  const places = placesIn(line)
  if (places.length === 0 || isAttribution(lines, at, () => false)) return
  for (const place of places) {
    const parts = partedAt(line, place)
    if (!beginsQuote([parts[1], ...lines.slice(at + 1, at + window)])) continue
    lines.splice(at, 1, ...parts)
    return
  }
}

/** Where a quote may begin behind the first word of a line. */
function placesIn({ text, words }: TextLine): number[] {
  const [first] = words
  if (first === undefined) return []
  const marks = [...text.slice(0, farthest).matchAll(/-{3,}\s?(?=\p{L})|#{2}-/gu)].map(({ index }) => index)
  const starts = words
    .slice(0, farthest)
    .filter(
      ({ from }, at) => isCapital(text, from) && phraseAt(words, at, anyLanguage.attributionStarts) !== null,
    )
    .map(({ from }) => from)
  return [...marks, ...starts].filter((place) => place > first.from && place < farthest).slice(0, mostPlaces)
}

/** Behind a space or dashes, and not in the middle of a sentence. */
function isCapital(text: string, from: number): boolean {
  return /^[\s-]?\p{Lu}/u.test(text.slice(from - 1, from + 1))
}

function partedAt({ text, from, to }: TextLine, place: number): [TextLine, TextLine] {
  return [
    new TextLine(text.slice(0, place), from, from + place),
    new TextLine(text.slice(place), from + place, to),
  ]
}

function beginsQuote(lines: [TextLine, ...TextLine[]]): boolean {
  const [line, next] = lines
  return isOriginalMessage(line) || marksQuote(line, next) || isAttribution(lines, 0, () => false)
}
