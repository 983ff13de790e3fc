import type { AnswerWords } from '../answers/answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { isPhrase, phraseAt } from '../phrases.ts'
import { isMeaningful, label, type TextLine } from '../text-lines.ts'

/** `Bonjour Madame Roy`. */
const addressedWords = 2

/** Labels the greetings and thanks that stand on lines of their own above the answer. */
export function labelCourtesy(lines: TextLine[], answers: AnswerWords[]): void {
  for (const line of lines) {
    if (line.label !== null || !isMeaningful(line)) continue
    // Polish `tak` is Danish for thanks.
    if (answers.some((words) => isPhrase(line.words, words))) return
    const isAnswer = line.words.some((_, at) =>
      answers.some((words) => phraseAt(line.words, at, words) !== null),
    )
    if (isAnswer || !isCourtesyLine(line)) return
    label([line], 'courtesy', 'greeting')
  }
}

function isCourtesyLine(line: TextLine): boolean {
  return (
    isGreeting(line) ||
    [anyLanguage.thanks, anyLanguage.asides].some((phrases) => isPhrase(line.words, phrases))
  )
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
