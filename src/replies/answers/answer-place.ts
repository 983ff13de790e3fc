import { isMeaningful, type TextLine } from '../text-lines.ts'
import type { AnswerBlock } from './answer-blocks.ts'
import { closingOf, openingPair } from './brackets.ts'

/** Where in its block an answer stands. */
export interface AnswerPlace {
  /** What stands for the answer, without the brackets around it. */
  text: string
  /** Where, in the last of its lines, a bracket ends it and a comment may begin; null without a bracket. */
  behindFrom: number | null
  /** The lines it stands in, the label's own among them. */
  lines: TextLine[]
  /** Offset in the whole text where it begins. */
  start: number
  /** Offsets in the last of these lines: where it begins, or where the line does when it began above, and where it ends. */
  from: number
  to: number
  below: TextLine[]
}

/**
 * Finds the answer in its block: between brackets, behind them where these were left empty, behind the label to the end of
 * the line, or below a label that stands alone. A text may go on over lines, to the closing bracket or to a blank line.
 */
export function answerPlace({ question, lines, answerFrom }: AnswerBlock, brackets: string): AnswerPlace {
  const block = lines.map(({ text }) => text).join('\n')
  const goesOn = question.type === 'text'
  const start = answerStart(lines, answerFrom)
  const lineEnd = endOfLine(block, start)
  const pair = openingPair(block.slice(start, lineEnd), brackets)
  if (pair === undefined) return placeIn(start, goesOn ? endOfParagraph(block, start) : lineEnd, null)

  const from = block.indexOf(pair.open, start) + pair.open.length
  const length = closingOf(pair, block.slice(from, goesOn ? undefined : lineEnd))
  if (length === -1) return placeIn(from, goesOn ? endOfParagraph(block, from) : lineEnd, null)
  const behind = from + length + pair.close.length
  const isLeftEmpty = isBlank(block.slice(from, from + length)) && !isBlank(block.slice(behind, lineEnd))
  return isLeftEmpty ? placeIn(behind, lineEnd, null) : placeIn(from, from + length, pair.close.length)

  function placeIn(from: number, to: number, bracket: number | null): AnswerPlace {
    const count = lineOf(to) + 1
    const first = lineOf(from)
    const before = lines.slice(0, first).reduce((length, { text }) => length + text.length + 1, 0)
    const lastFrom = block.lastIndexOf('\n', to - 1) + 1
    return {
      text: withoutQuoteMarks(block.slice(from, to)).trim(),
      behindFrom: bracket === null ? null : to - lastFrom + bracket,
      lines: lines.slice(0, count),
      start: (lines[first]?.from ?? 0) + from - before,
      from: Math.max(from - lastFrom, 0),
      to: to - lastFrom,
      below: lines.slice(count),
    }
  }

  function lineOf(at: number): number {
    let line = 0
    for (let end = block.indexOf('\n'); end !== -1 && end < at; end = block.indexOf('\n', end + 1)) line += 1
    return line
  }
}

/** Behind the label, or in the next line when nothing stands behind it. */
function answerStart([label, next]: TextLine[], answerFrom: number): number {
  if (label === undefined || label.text.slice(answerFrom).trim() !== '') return answerFrom
  return next !== undefined && isMeaningful(next) ? label.text.length + 1 : answerFrom
}

function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}\p{S}?？]/u.test(text)
}

/** Of the lines below the first, where it was answered in a quote. */
function withoutQuoteMarks(text: string): string {
  return text.replaceAll(/\n[^\S\n]{0,3}>[^\S\n]?/g, '\n')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function endOfParagraph(text: string, from: number): number {
  const blank = /\n[^\S\n]*(?=\n|$)/g
  blank.lastIndex = from
  return blank.exec(text)?.index ?? text.length
}
