import { maskReplyTokens } from '../api/mask-reply-tokens.ts'
import { describeFacts } from '../inbound/in-words/describe-facts.ts'
import { describeRule } from '../inbound/in-words/describe-rule.ts'
import { describeSaying } from '../inbound/in-words/describe-saying.ts'
import type { Translate } from '../lib/translate.ts'
import type { Match, PartReading, Region, ReplyReading, TraceEntry } from '../replies/reading.ts'
import { type Paint, painter } from './paint.ts'
import { printableLine } from './printable.ts'

type Style = Parameters<Paint>[0]

/** A reading with the message that it is of, by what people know that one by. */
export interface Described {
  /** File or id. */
  name: string
  from: string
  subject: string
  reading: ReplyReading
}

/**
 * A reading for people, as lines: what is read, then the text with what each stretch of it is in the margin and, below a
 * line, the words that it was read by, then what the names mean. All that strangers wrote is made harmless, and reply
 * tokens are masked, so the lines may go to a terminal as they are.
 */
export function describeReading(
  { name, from, subject, reading }: Described,
  { text, colours }: { text: Translate; colours: boolean },
): string[] {
  const paint = painter(colours)
  const safe = (value: string) => printableLine(maskReplyTokens(value))
  const bodies = reading.parts.length > 0 ? reading.parts : [reading]
  return [
    paint('bold', safe(name)),
    `  ${safe(from)} — ${safe(subject)}`,
    `  ${paint('bold', safe(describeSaying(reading, text)))}`,
    ...describeFacts(reading, text).map((fact) => `  ${safe(fact)}`),
    ...bodies.flatMap((body) => [
      '',
      ...('part' in body ? [paint('bold', safe(describePart(body, text)))] : []),
      ...annotated(body, text, paint),
    ]),
    ...legend(bodies, text, paint),
  ]
}

function describePart(body: PartReading, text: Translate): string {
  const said = describeSaying({ ...body, automatic: null }, text)
  return text(`readings:part.${body.part}`, { said })
}

type Body = Pick<ReplyReading, 'text' | 'trace' | 'matched'>

const styles: Record<Region, Style> = {
  answer: 'green',
  comment: 'cyan',
  quote: 'gray',
  signature: 'gray',
  banner: 'yellow',
  disclaimer: 'gray',
  courtesy: 'blue',
  marker: 'gray',
  blank: 'gray',
}

/** The text line by line: its region and rule in the margin where they begin, the words that matter below. */
function annotated({ text: read, trace, matched }: Body, text: Translate, paint: Paint): string[] {
  const masked = maskReplyTokens(read)
  const margins = trace.map((entry) => marginOf(entry, text))
  const width = Math.max(0, ...margins.map(({ length }) => length))
  return trace.flatMap((entry, index) =>
    linesOf(masked, entry).flatMap(([from, to], line) => {
      const margin = (line === 0 ? (margins[index] ?? '') : '').padEnd(width)
      const begins = from === 0 || masked[from - 1] === '\n' ? '' : '… '
      const words = matched.filter((match) => match.from >= from && match.to <= to)
      return [
        `${paint('dim', `${margin} │`)} ${begins}${withWords(masked, from, to, words, styles[entry.region], paint)}`,
        ...words.map(
          (match) =>
            `${paint('dim', `${' '.repeat(width)} │`)}   ↳ ${describeMatch(match, masked, text, paint)}`,
        ),
      ]
    }),
  )
}

function marginOf({ region, rule }: TraceEntry, text: Translate): string {
  return region === 'blank' ? '' : `${text(`readings:region.${region}`)} (${rule})`
}

/** The stretches of an entry that are one line each, without line ends. */
function linesOf(text: string, { from, to }: TraceEntry): [from: number, to: number][] {
  const lines: [number, number][] = []
  for (let at = from; at < to; ) {
    const end = text.indexOf('\n', at)
    const last = end === -1 || end >= to
    lines.push([at, last ? to : end])
    at = last ? to : end + 1
  }
  return lines
}

function withWords(
  text: string,
  from: number,
  to: number,
  words: Match[],
  style: Style,
  paint: Paint,
): string {
  const plain = (start: number, end: number) => paint(style, printableLine(text.slice(start, end)))
  let at = from
  const pieces: string[] = []
  for (const match of words) {
    if (match.from < at) continue
    pieces.push(plain(at, match.from), paint(styleOf(match), printableLine(text.slice(match.from, match.to))))
    at = match.to
  }
  return [...pieces, plain(at, to)].join('')
}

/** An answer is underlined in green, a doubt in red. */
function styleOf({ as }: Match): Style {
  const isAnswer = as === 'answer' || as === 'typo' || as === 'instruction'
  return ['bold', 'underline', isAnswer ? 'green' : 'red']
}

function describeMatch(match: Match, masked: string, text: Translate, paint: Paint): string {
  const words = printableLine(masked.slice(match.from, match.to))
  const as = text(`readings:matched.${match.as}`)
  const key = match.languages.length === 0 ? 'match' : 'match-in'
  return paint(
    styleOf(match),
    text(`cli:message.inspect.${key}`, { words, as, languages: match.languages.join(', ') }),
  )
}

/** What the regions and rules mean that stand in the margins. */
function legend(bodies: Body[], text: Translate, paint: Paint): string[] {
  const entries = bodies.flatMap(({ trace }) => trace).filter(({ region }) => region !== 'blank')
  const named = new Map(entries.map((entry) => [marginOf(entry, text), entry]))
  if (named.size === 0) return []
  const width = Math.max(...[...named.keys()].map(({ length }) => length))
  return [
    '',
    ...[...named].map(
      ([margin, { region, rule }]) =>
        `${paint(styles[region], margin.padEnd(width))}   ${paint('dim', describeRule(rule, text))}`,
    ),
  ]
}
