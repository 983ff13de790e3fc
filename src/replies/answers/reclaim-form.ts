import type { ReadContext } from '../reading.ts'
import { isAttribution } from '../regions/is-attribution.ts'
import { isHeaderBlock } from '../regions/is-header-block.ts'
import { notOfSent, sentLines } from '../regions/sent-lines.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'
import { keyOf } from '../words.ts'
import { isFormLine } from './is-form-line.ts'
import { labelFinder } from './question-labels.ts'

/** So many lines of ours prove that it is our mail that is quoted. */
const provingLines = 3

/** A header block of so many lines, and an attribution of so many. */
const blockLines = 8
const attributionLines = 4

/**
 * Gives back to new text what was written into the answer form where our mail is quoted: `> Q1: [YES]`. Only in a quote of
 * our mail itself, not of somebody's reply to it, and only with proof of what we sent. Then all that is not ours in that
 * quote is new text, for a doubt may stand in any place of it.
 */
export function reclaimForm(lines: TextLine[], context: ReadContext): void {
  const { sentText } = context
  if (sentText === null || context.questions.length < 2 || !sentText.split('\n').some(isFormLine)) return
  const quoted = lines.filter(({ label }) => label?.region === 'quote' || label?.region === 'marker')
  const sent = sentLines(sentText)()
  const isOurs = ({ words }: TextLine) => words.length > 0 && sent.numbers.has(keyOf(words))
  const first = quoted.findIndex(isOurs)
  const last = quoted.findLastIndex(isOurs)
  const ours = first === -1 ? [] : quoted.slice(first, last + 1)
  if (ours.filter(isOurs).length < provingLines || isOfReply(quoted, first)) return

  const others = [...notOfSent(ours, sent)].filter(isMeaningful)
  const find = labelFinder(context)
  const isFilled = others.some((line) => ['id', 'name'].includes(find(line)?.by ?? ''))
  if (isFilled) for (const line of others) line.label = null
}

/** Whether our mail is quoted within a quote: it has more marks than one, or more stands above it than introduces it. */
function isOfReply(quoted: TextLine[], first: number): boolean {
  const marks = /^[\s>]*/.exec(quoted[first]?.text ?? '')?.[0].replaceAll(/[^>]/g, '').length ?? 0
  if (marks > 1) return true
  const above = quoted.slice(0, first).filter(isMeaningful)
  const length = isHeaderBlock(above, 0, () => true)
    ? blockLines
    : isAttribution(above, 0, () => true)
      ? attributionLines
      : 1
  const rest = above.slice(1)
  const isHead = (_: TextLine, at: number) =>
    isHeaderBlock(rest, at, () => true) || isAttribution(rest, at, () => true)
  const endsAt = above.findIndex(({ text }) => /[:：]\s*$/.test(text))
  return (
    above.length > length || (length === attributionLines && endsAt < above.length - 1 && rest.some(isHead))
  )
}
