import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Word } from '../words.ts'
import { answerAt } from './answer-at.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'

/** A yes that answers only where nothing else stands is an ordinary word here: Croatian `da` is Italian for *from*. */
export function isStray({ isPlain, meaning, matchedBy }: AnswerWord): boolean {
  return isPlain && meaning === 'yes' && matchedBy === 'other-language'
}

/** Whether an answer is the beginning of a condition: Spanish `conforme` agrees, Portuguese `conforme o orçamento` does not. */
function bindsAt(words: Word[], at: number, length: number): boolean {
  const condition = phraseAt(words, at, anyLanguage.conditions)
  return condition !== null && condition.length > length
}

/** An answer word with the words of the text that are it. */
interface FoundAnswer {
  answer: AnswerWord
  words: Word[]
}

/**
 * The answer words in a text beside an answer, longest first at each place, and the words that are part of none: a
 * doubtful one is among these.
 */
export function findAnswerWords(
  text: string,
  words: Word[],
  answers: AnswerWords,
): { found: FoundAnswer[]; rest: Word[][] } {
  const found: FoundAnswer[] = []
  const rest: Word[][] = [[]]
  for (let at = 0; at < words.length; ) {
    const answer = answerAt(text, words, at, answers)
    const word = words[at]
    if (
      answer !== null &&
      !answer.value.isDoubtful &&
      !isStray(answer.value) &&
      !bindsAt(words, at, answer.length)
    ) {
      found.push({ answer: answer.value, words: words.slice(at, at + answer.length) })
      rest.push([])
      at += answer.length
    } else {
      if (word !== undefined) rest.at(-1)?.push(word)
      at += 1
    }
  }
  return { found, rest }
}
