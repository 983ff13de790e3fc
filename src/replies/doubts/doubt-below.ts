import { answerAt } from '../answers/answer-at.ts'
import {
  type AnswerWord,
  type AnswerWords,
  agree,
  answerPhraseAt,
  isAnswerPhrase,
} from '../answers/answer-words.ts'
import { findAnswerWords, isStray } from '../answers/find-answer-words.ts'
import { anyLanguage, type LanguagePhrases } from '../languages/all-languages.ts'
import { phraseAt, withoutPhrases } from '../phrases.ts'
import type { DoubtKind } from '../reading.ts'
import { isMeaningful, type LineText } from '../text-lines.ts'
import { isSetOff, type Word } from '../words.ts'
import { type Doubt, doubt, doubtIn, doubtOfQuestionMark, firstDoubt, shifted } from './doubt.ts'
import { doubtBeside, withoutWhole } from './doubt-beside.ts'
import { findDeferral } from './find-deferral.ts'
import { findLocalDoubt } from './find-local-doubt.ts'
import { findScope } from './find-scope.ts'
import { isDoubtIn, lineLanguage } from './line-language.ts'
import { negationOfNo } from './negation-of-no.ts'
import { withoutOrderNotes } from './order-notes.ts'

/** Lines of a comment that are read closely: what binds an answer follows it closely. */
const closeLines = 3

/** A line of so many words right under a yes weighs as if it stood beside it: hurried people end a line for a comma. */
const remarkWords = 6

/**
 * Why the lines below an answer make it doubtful; null when nothing does. What takes an answer back does so wherever it
 * stands in the comment: another answer (in the signature too), a retraction, and below a yes a request to stop. The
 * first lines are read closely: a question, a condition, a decision put off, a negation that begins a clause. Offsets are
 * those of the whole text.
 */
export function doubtBelow(
  comment: LineText[],
  signature: LineText[],
  answer: AnswerWord,
  answers: AnswerWords,
): Doubt | null {
  const inLines = (lines: LineText[], find: (line: LineText) => Doubt | null) =>
    firstDoubt(lines, (line) => {
      const found = find(line)
      return found && shifted(found, line.from)
    })
  const isYes = answer.meaning === 'yes'
  const lines = comment
    .filter(isMeaningful)
    .map(({ text, from, words }) => ({ text, from, words: undoubted(text, words, isYes) }))
  const [first] = comment
  const remarks = isYes && first !== undefined && isMeaningful(first) ? lines.slice(0, 1) : []
  return (
    inLines(signature, (line) => anotherAlone(line, answer, answers)) ??
    inLines(lines, (line) => loneQuestionMark(line) ?? doubtTakingBack(line, answer, answers)) ??
    inLines(remarks, (line) => doubtInRemark(line, answer, answers)) ??
    inLines(lines.slice(0, closeLines), (line) => doubtInLine(line, answer, answers)) ??
    inLines(comment, ({ words }) => {
      const assents = answer.meaning === 'no' ? anyLanguage.assents : null
      return doubtIn('favourable', [words], assents, lineLanguage(words, answer.spoken))
    })
  )
}

/** Without the phrases that cast no doubt, and below a no without its reasons. */
function undoubted(text: string, words: Word[], isYes: boolean): Word[] {
  const { asides, assents, harmless, refusals, regrets } = anyLanguage
  const said = isYes ? withoutOrderNotes(text, words) : withoutWhole(text, words, refusals, regrets)
  // `Expensive but we need them` may go on with *cheaper*.
  return withoutPhrases(withoutPhrases(withoutWhole(text, said, assents), asides), harmless)
}

/** A line that is another answer and nothing else. */
function anotherAlone({ words }: LineText, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  const other = isAnswerPhrase(words, answers) ? answerPhraseAt(words, 0, answers) : null
  return other === null || agree(other.value, answer)
    ? null
    : doubt('other-answer', words, other.value.languages)
}

function loneQuestionMark({ text, words }: LineText): Doubt | null {
  return words.length === 0 ? doubtOfQuestionMark(text) : null
}

function doubtTakingBack(line: LineText, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  const language = lineLanguage(line.words, answer.spoken)
  return (
    contradiction(line, answer, answers) ??
    doubtIn('retraction', [line.words], anyLanguage.retractions, language) ??
    doubtIn('withdrawal', [line.words], answer.meaning === 'yes' ? anyLanguage.withdrawals : null, language)
  )
}

/**
 * Another answer in a comment. A keyword of the question is one wherever it stands, and so is any no, because a yes is
 * what costs money; a yes of the dictionary is one only where a clause begins or ends (`the approved budget` is none).
 */
function contradiction({ text, words }: LineText, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  const line = lineLanguage(words, answer.spoken)
  const isEdge = (at: number) => at === 0 || at === words.length || isSetOff(text, words, at)
  let isNegated = false
  for (let at = 0; at < words.length; ) {
    const other = answerAt(text, words, at, answers)
    const end = at + (other?.length ?? 1)
    if (isSetOff(text, words, at)) isNegated = false
    if (phraseAt(words, at, anyLanguage.negations) !== null) isNegated = true
    // `No. El proveedor no está homologado.`
    const agrees =
      other !== null && (agree(other.value, answer) || (isNegated && other.value.meaning === 'yes'))
    if (other !== null && !agrees && !isStray(other.value)) {
      const { matchedBy, meaning, languages } = other.value
      const written = words.slice(at, end)
      const isForeign = matchedBy === 'other-language' && !isDoubtIn(line, written, languages)
      // In the middle of a clause Spanish `no` says *not*.
      const isNot = phraseAt(words, at, anyLanguage.negations) !== null
      const counts = (matchedBy === 'keyword' || meaning === 'no') && !isNot
      if (!isForeign && (counts || isEdge(at) || isEdge(end))) {
        return doubt('other-answer', written, languages)
      }
    }
    at = end
  }
  return null
}

/** A short line without a blank one above it. */
function doubtInRemark({ text, words }: LineText, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  if (words.length > remarkWords) return null
  return doubtBeside(text, words, answer, answers) ?? findScope(words, lineLanguage(words, answer.spoken))
}

function doubtInLine(line: LineText, answer: AnswerWord, answers: AnswerWords): Doubt | null {
  const { text, words } = line
  const language = lineLanguage(words, answer.spoken)
  const beginning = (kind: DoubtKind, phrases: LanguagePhrases) => {
    const found = phraseAt(words, 0, phrases)
    const counts = found !== null && isDoubtIn(language, words.slice(0, found.length), found.value)
    return counts ? doubt(kind, words.slice(0, found.length), found.value) : null
  }
  const { found, rest } = findAnswerWords(text, words, answers)
  const inRest = (kind: DoubtKind, phrases: LanguagePhrases | null) => doubtIn(kind, rest, phrases, language)
  /** Where the line says an answer again, what stands beside it weighs more. */
  const besideAnother = found.length > 0 ? rest : []
  const always =
    (answer.acknowledges ? doubtBeside(text, words, answer, answers) : null) ??
    doubtIn('condition', rest, answer.localDoubts) ??
    findDeferral(text, words)
  // A no stands whatever follows from it: what is asked, what would be needed, what there is not.
  if (answer.meaning === 'no') {
    return (
      always ??
      doubtIn('future', [words], anyLanguage.reopenings, language) ??
      beginning('condition', anyLanguage.conditions) ??
      negationOfNo(words, answers, language) ??
      doubtIn('condition', besideAnother, anyLanguage.conditions, language)
    )
  }
  return (
    always ??
    firstDoubt(rest, (words) => findLocalDoubt(words, answer.spoken)) ??
    doubtOfQuestionMark(text) ??
    beginning('question', anyLanguage.questions) ??
    (words.length > 1 ? beginning('hedge', anyLanguage.hedges) : null) ??
    negatedClause(line, answers) ??
    inRest('condition', anyLanguage.conditions) ??
    // Whole, for it may hold an answer: Spanish `el resto no`.
    doubtIn('condition', [words], anyLanguage.longConditions, language) ??
    doubtIn('limit', [words], anyLanguage.longLimits, language) ??
    doubtIn('future', besideAnother, anyLanguage.futures, language) ??
    inRest('limit', anyLanguage.limits) ??
    doubtIn('future', [words], anyLanguage.notYet, language) ??
    doubtIn('reservation', [words], answer.meaning === 'yes' ? anyLanguage.reservations : null, language) ??
    doubtIn('negation', besideAnother, anyLanguage.negations, language)
  )
}

/** A negation that begins a clause: `twelve laptops, not ten`. */
function negatedClause({ text, words }: LineText, answers: AnswerWords): Doubt | null {
  for (const at of words.keys()) {
    const begins = at === 0 || isSetOff(text, words, at)
    if (!begins || answerPhraseAt(words, at, answers) !== null) continue
    const negation = phraseAt(words, at, anyLanguage.negations)
    if (negation !== null) return doubt('negation', words.slice(at, at + negation.length), negation.value)
  }
  return null
}
