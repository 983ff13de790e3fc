import type { ParsedMessage } from '../../mail/message.ts'
import { type AnswerWords, answerPhraseAt, answerWords } from '../answers/answer-words.ts'
import { isChoice } from '../answers/is-choice.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { newLines } from '../new-text.ts'
import { holdsPhrase, type Phrases } from '../phrases.ts'
import type { AutomaticSubtype, ReadContext, ReplyReading } from '../reading.ts'
import { holdsQuestionMark, type TextLine } from '../text-lines.ts'
import { isSetOff } from '../words.ts'
import { isAbsence } from './is-absence.ts'
import { isReaction } from './is-reaction.ts'
import { subjectBegins } from './subject-begins.ts'

/**
 * Whether a reply that no header gives away was written by a program, by what its subject and text say: ever only away
 * from a decision. `to-confirm`: it answers plainly, and yet something says that it is automatic, so its writer is asked;
 * a person is never dropped who answers, asks, or says yes or no anywhere.
 */
export function seemsAutomatic(
  message: ParsedMessage,
  reading: ReplyReading,
  context: ReadContext,
): AutomaticSubtype | 'to-confirm' | null {
  const { kind } = reading
  const begins = (phrases: Phrases<unknown>) => subjectBegins(message.subject, phrases, context.sentText)
  if (kind === 'answers') {
    const isDoubted = begins(anyLanguage.programSubjects)
    if (!isDoubted && reading.comment === '' && !isEmoji(reading)) return null
    const lines = newLines(reading)
    if (isReaction(lines, message)) return 'auto-reply'
    return isDoubted || holds(lines, anyLanguage.declarations) ? 'to-confirm' : null
  }
  // What nobody asked for may fill in a comment that is awaited.
  const isRead = kind === 'instruction' || (kind === 'comment' && context.awaitsComment !== true)
  if (isRead || reading.text === '') return null

  const lines = newLines(reading)
  if (isReaction(lines, message)) return 'auto-reply'
  if (begins(anyLanguage.receiptSubjects) && holds(lines, anyLanguage.receipts)) return 'read-receipt'
  if (isOfPerson(lines, context)) return null
  if (begins(anyLanguage.awaySubjects) || isAbsence(lines)) return 'out-of-office'
  return holds(lines, anyLanguage.declarations) || holds(lines, anyLanguage.notices) ? 'auto-reply' : null
}

function isEmoji({ details }: ReplyReading): boolean {
  return Object.values(details).some(({ matchedBy }) => matchedBy === 'emoji')
}

function holds(lines: TextLine[], phrases: Phrases<unknown>): boolean {
  return lines.some(({ words }) => holdsPhrase(words, phrases))
}

/** Whether somebody asks, or answers somewhere, however unclearly. */
function isOfPerson(lines: TextLine[], { questions, locale }: ReadContext): boolean {
  const answers = questions.filter(isChoice).map((question) => answerWords(question, locale))
  return lines.some(
    (line) => asks(line) || answers.some((words) => line.words.some((_, at) => answersAt(line, at, words))),
  )
}

/** Addresses of pages hold question marks, too. */
function asks({ text }: TextLine): boolean {
  return holdsQuestionMark(text.includes('http') ? text.replace(/https?:\S+/g, '') : text)
}

/** A no, or a yes that is another word elsewhere, counts where its clause ends with it: `I have no access` answers nothing. */
function answersAt({ text, words }: TextLine, at: number, answers: AnswerWords): boolean {
  const found = answerPhraseAt(words, at, answers)
  if (found === null) return false
  const { isPlain, isDoubtful, meaning, matchedBy } = found.value
  if (meaning === 'yes' && !isDoubtful) return !(isPlain && matchedBy === 'other-language')
  const end = at + found.length
  return end === words.length || isSetOff(text, words, end)
}
