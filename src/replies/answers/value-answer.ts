import { phrasesFrom } from '../phrases.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'

/** A value, to those who look for doubts beside an answer: it is neither a yes nor a no. */
export const valueAnswer: AnswerWord = {
  result: null,
  meaning: null,
  matchedBy: 'value',
  languages: [],
  acknowledges: false,
  isNoticing: false,
  isPlain: false,
  isBare: false,
  isDoubtful: false,
  spoken: [],
  localDoubts: null,
}

/** No word stands for a value. */
export const noAnswerWords: AnswerWords = { keywords: phrasesFrom<AnswerWord>([]), meant: () => null }
