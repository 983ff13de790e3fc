import { type AnswerWord, type AnswerWords, agree, answerPhraseAt } from '../answers/answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt, phrasesFrom, withoutPhrases } from '../phrases.ts'
import { isSetOff, type Word, wordsOf } from '../words.ts'
import { type Doubt, doubt, doubtIn } from './doubt.ts'

/** Of these words a text may say no more than how it is to be done: `Only in the morning`. */
const limiters = phrasesFrom(
  [
    'only',
    'seulement',
    'uniquement',
    'nur',
    'solo',
    'solamente',
    'soltanto',
    'alleen',
    'apenas',
    'somente',
    'tylko',
  ].map((word) => [word, true] as const),
)

/**
 * Why a text, written as the answer to a question of its own, makes the answer to another one doubtful; null when nothing
 * does. It may say *no* for want of remarks, *not on Fridays*, and ask: it takes an answer back with a retraction, with
 * another answer that is a clause of its own or more than a word, below a yes with a request to stop, or by beginning with
 * a condition.
 */
export function doubtInText(text: string, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  const words = withoutPhrases(wordsOf(text), anyLanguage.idioms)
  const isYes = answer.meaning === 'yes'
  return (
    otherAnswer(text, words, answer, answers) ??
    doubtIn('retraction', [words], anyLanguage.retractions) ??
    doubtIn('withdrawal', [words], isYes ? anyLanguage.withdrawals : null) ??
    (isYes ? openingCondition(words) : null)
  )
}

function openingCondition(words: Word[]): Doubt | null {
  const at = phraseAt(words, 0, limiters)?.length ?? 0
  const condition = phraseAt(words, at, anyLanguage.conditions)
  return condition && doubt('condition', words.slice(at, at + condition.length), condition.value)
}

function otherAnswer(text: string, words: Word[], answer: AnswerWord, answers: AnswerWords): Doubt | null {
  for (let at = 0; at < words.length; ) {
    const other = answerPhraseAt(words, at, answers)
    const end = at + (other?.length ?? 1)
    const isClause =
      at > 0 && isSetOff(text, words, at) && (end === words.length || isSetOff(text, words, end))
    if (other !== null && !agree(other.value, answer) && (other.length > 1 || isClause)) {
      return doubt('other-answer', words.slice(at, end), other.value.languages)
    }
    at = end
  }
  return null
}
