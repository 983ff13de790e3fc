import type { AnswerWords } from '../answers/answer-words.ts'
import { TextLine } from '../text-lines.ts'
import { isDeviceLine } from './is-device-line.ts'

/** Longer lines are paragraphs, in which no line end was lost. */
const longest = 500

/** As many places are looked at in a line. */
const mostPlaces = 10

/**
 * Parts lines in two, in place, where the line of a device begins in them that lost its line end: `YesSent from my
 * Galaxy`. It begins with a capital letter, right behind a word or its full stop.
 */
export function partGluedDevice(lines: TextLine[], answers: AnswerWords[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined || line.label !== null || line.text.length > longest) continue
    if (isDeviceLine(line, answers)) continue
    const parts = partsOf(line, answers)
    if (parts !== null) lines.splice(at, 1, ...parts)
  }
}

const glue = /[\p{Ll}.!,)]\s?(?=\p{Lu})/gu

function partsOf({ text, from, to }: TextLine, answers: AnswerWords[]): [TextLine, TextLine] | null {
  let places = 0
  for (const { 0: before, index } of text.matchAll(glue)) {
    if (places === mostPlaces) break
    places += 1
    const place = index + before.length
    const device = new TextLine(text.slice(place), from + place, to)
    if (isDeviceLine(device, answers)) return [new TextLine(text.slice(0, place), from, from + place), device]
  }
  return null
}
