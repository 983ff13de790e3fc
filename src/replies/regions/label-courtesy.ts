import { type AnswerWords, answerPhraseAt, isAnswerPhrase } from '../answers/answer-words.ts'
import { isReport } from '../answers/is-report.ts'
import { vocativeLength } from '../answers/vocative-length.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, isPhrase, phraseAt, withoutLengths, withoutPhrases } from '../phrases.ts'
import { sentencesOf } from '../sentences.ts'
import { holdsQuestionMark, isMeaningful, type LineText, label, type TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'
import { isCourtesy } from './is-courtesy.ts'

/** `Bonjour Madame Roy`. */
const addressedWords = 2

/**
 * Labels what stands on lines of its own above the answer and says nothing of it: greetings, thanks, and that the writer is late
 * or has looked at what was asked.
 */
export function labelCourtesy(lines: TextLine[], answers: AnswerWords[]): void {
  for (const line of lines) {
    if (line.label !== null || !isMeaningful(line)) continue
    // Polish `tak` is Danish for thanks.
    if (answers.some((words) => isAnswerPhrase(line.words, words))) return
    // `Perdón, no lo había visto` answers nothing.
    const said = withoutLengths(line.words, (at) => longCourtesyAt(line.words, at))
    const isAnswer = said.some((_, at) => answers.some((words) => answerPhraseAt(said, at, words) !== null))
    if (isAnswer || !isCourtesyLine(line)) return
    label([line], 'courtesy', 'greeting')
  }
}

/** The number of words of courtesy that is longer than an answer may be; Polish `tak` is Danish for thanks. */
function longCourtesyAt(words: Word[], at: number): number {
  const length = phraseAt(words, at, anyLanguage.thanks)?.length ?? 0
  return length > 2 ? length : 0
}

function isCourtesyLine(line: TextLine): boolean {
  return (
    isGreeting(line) ||
    isAddress(line) ||
    [anyLanguage.thanks, anyLanguage.asides].some((phrases) => isPhrase(line.words, phrases)) ||
    (!holdsDoubt(line) && sentencesOf(line.text, line.words).every(isSaidBefore))
  )
}

/** `Elodie,`, with nothing behind it. */
function isAddress({ text, words }: TextLine): boolean {
  return text.trimEnd().endsWith(',') && vocativeLength(text, words, 0) === words.length
}

/** `Hi Nadia, sorry for the late reply.` `I have read the quote.` */
function isSaidBefore({ text, words }: LineText): boolean {
  const greeting = phraseAt(words, 0, anyLanguage.greetings)?.length ?? 0
  const rest = words.slice(greeting + (greeting === 0 ? 0 : vocativeLength(text, words, greeting)))
  return rest.length === 0 || isCourtesy(rest) || isReport(text, rest)
}

/** Less what may stand there: `I have read the quote` says what has been done. */
function holdsDoubt({ text, words }: TextLine): boolean {
  const { thanks, reports, negations, conditions, hedges, limits, futures, retractions, reservations } =
    anyLanguage
  const rest = withoutPhrases(withoutPhrases(words, thanks), reports)
  const doubts = [negations, conditions, hedges, limits, futures, retractions, reservations]
  return holdsQuestionMark(text) || doubts.some((phrases) => holdsPhrase(rest, phrases))
}

/** A greeting with no more than a name behind it: anything set off from it has something to say. */
function isGreeting({ text, words }: TextLine): boolean {
  const greeting = phraseAt(words, 0, anyLanguage.greetings)
  if (greeting === null) return false
  const [first, ...others] = words.slice(greeting.length)
  if (first === undefined) return true
  const last = others.at(-1) ?? first
  const isName = others.length < addressedWords && !/[,.;:!?…]/.test(text.slice(first.from, last.to))
  return (
    isName &&
    [anyLanguage.negations, anyLanguage.conditions].every((phrases) => phraseAt([first], 0, phrases) === null)
  )
}
