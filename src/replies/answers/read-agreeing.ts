import { type Doubt, doubt, matchOf, undoing } from '../doubts/doubt.ts'
import { wholePhraseAt } from '../doubts/doubt-beside.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { endsSentence } from '../sentences.ts'
import { isSetOff, type Word } from '../words.ts'
import { answerAt } from './answer-at.ts'
import { type AnswerWord, type AnswerWords, agree } from './answer-words.ts'
import { complementLength, requestLength } from './complement-length.ts'
import { skipClosing } from './skip-closing.ts'
import { ands } from './skip-opening.ts'
import { vocativeLength } from './vocative-length.ts'

/**
 * What begins a phrase that a no right before it negates, whatever follows: pronouns and verbs of Spanish, Italian,
 * Portuguese and Polish (`no lo rechazo`, `non si rifiuta`, `não sou contra`, `nie jestem przeciwny`).
 */
const negatable = new Set(
  [
    'lo la los las le li l se si me te nos os les esta estoy estan estou queda quedan fica e foi es sono soy sou voto nego',
    'vamos digo dile digale decidle tengo tenemos debo debemos he hemos ha han doy damos en un um une una totalmente absolutamente completamente',
    'jestem jesteśmy jest odmawiam odrzucam mówię rozpatruję wnoszę zgłaszam muszę głosuję stawiam składam',
    'estamos deniego denegamos rechazo rechazamos toca recuso recusem rejeitem indefiram decidi dispenso mi ni',
  ]
    .join(' ')
    .split(' '),
)

/**
 * One answer, or several that agree, with complements between them. Null when no answer begins here. Of two no words
 * that follow each other without punctuation the one negates the other: `Non refusé`.
 */
export function readAgreeing(
  text: string,
  words: Word[],
  start: number,
  answers: AnswerWords,
): { answer: AnswerWord; end: number } | Doubt | null {
  const first = answerAt(text, words, start, answers)
  if (first === null) return null
  let answer = first.value
  let end = start + first.length
  for (;;) {
    const next = answerAt(text, words, end, answers)
    const complement = complementAt(text, words, end, answers)
    // `No, no tenemos presupuesto` says its no once, and then why.
    if (phraseAt(words, end, anyLanguage.refusals) !== null && isSetOff(text, words, end))
      return { answer, end }
    // `Sí, no hay problema` says its yes once, and then that nothing speaks against it.
    const assent = Math.max(
      wholePhraseAt(text, words, end, answer.meaning === 'no' ? anyLanguage.regrets : anyLanguage.assents),
      wholePhraseAt(text, words, end, anyLanguage.asides),
    )
    if (assent > (next?.length ?? 0)) {
      if (isSetOff(text, words, end)) return { answer, end }
      end += assent
      continue
    }
    if (next !== null && !next.value.isPlain) {
      const again = words.slice(end, end + next.length)
      if (!agree(answer, next.value)) {
        // `Aprobado,` *no olviden la factura*
        const isHarmless = answer.meaning === 'yes' && phraseAt(words, end, anyLanguage.harmless) !== null
        if (isHarmless && isSetOff(text, words, end)) return { answer, end }
        // `No apruebo`: the word for no is that for *not*.
        const isNegated =
          !isSetOff(text, words, end) && phraseAt(words, end - 1, anyLanguage.negations) !== null
        if (isNegated) return doubt('negation', words.slice(start, end + next.length), next.value.languages)
        const other = doubt('other-answer', again, next.value.languages)
        return undoing(matchOf('answer', words.slice(start, end), answer.languages), other)
      }
      if (next.value.meaning === 'no' && negates(text, words, end, next.length)) {
        const negation = doubt('negation', words.slice(start, end), answer.languages)
        return undoing(matchOf('answer', again, next.value.languages), negation)
      }
      if (goesOn(text, words, end, next.length)) return { answer, end }
      // `Sí,` *si está en presupuesto*: what may be a condition does not say the yes again before what it makes one of.
      const isOpen = next.value.isDoubtful && !isSetOff(text, words, end + next.length)
      if (isOpen && phraseAt(words, end + next.length, anyLanguage.assents) !== null) return { answer, end }
      const isWeak = answer.result === null || answer.acknowledges
      if (isWeak || (answer.isBare && next.value.result === answer.result)) answer = next.value
      end += next.length
    } else if (complement > 0) {
      if (negatesComplement(text, words, end, complement))
        return doubt('negation', words.slice(start, end + complement))
      end += complement
    } else {
      const courtesy = courtesyBetween(text, words, end, answer, answers)
      if (courtesy === 0) return { answer, end }
      end += courtesy
    }
  }
}

/**
 * How many words of courtesy, a name or a title at most, stand between two answers that agree: `yes` *sir* `approved`, `Oui`
 * *Marc*`, vas-y`; 0 when no second answer follows.
 */
function courtesyBetween(
  text: string,
  words: Word[],
  at: number,
  answer: AnswerWord,
  answers: AnswerWords,
): number {
  if (endsSentence(text, words[at - 1], words[at])) return 0
  const please = phraseAt(words, at, anyLanguage.pleases) ?? phraseAt(words, at, anyLanguage.thanks)
  const length = please?.length ?? vocativeLength(text, words, at)
  const next = length === 0 ? null : answerAt(text, words, at + length, answers)
  if (next === null || next.value.isPlain || !agree(answer, next.value)) return 0
  return goesOn(text, words, at, length + next.length) ? 0 : length
}

/**
 * Whether an answer behind another goes on with more than courtesy, and so is a comment on that one, with its doubts:
 * `Approved,` *please order them from Dell*.
 */
function goesOn(text: string, words: Word[], at: number, length: number): boolean {
  if (length === 1 || !isSetOff(text, words, at)) return false
  const end = at + length + complementLength(text, words, at + length)
  const isEnd = isSetOff(text, words, end) || skipClosing(text, words, end) === words.length
  return !isEnd && phraseAt(words, end, ands) === null
}

/**
 * How many words complement the answer before them, or lead into one more. Behind punctuation they are all that stands
 * there: *it* in `No, it is the third time` begins a comment.
 */
function complementAt(text: string, words: Word[], at: number, answers: AnswerWords): number {
  const lead = Math.max(
    phraseAt(words, at, anyLanguage.leads)?.length ?? 0,
    phraseAt(words, at, ands)?.length ?? 0,
  )
  if (lead > 0 && answerAt(text, words, at + lead, answers) !== null) return lead
  // `Refusé. Facture non conforme`
  if (endsSentence(text, words[at - 1], words[at])) return 0
  const length = complementLength(text, words, at)
  const isLoose =
    length > 0 && isSetOff(text, words, at) && answerAt(text, words, at + length, answers) === null
  return isLoose && !isSetOff(text, words, at + length) && at + length < words.length ? 0 : length
}

/** Where the word for no is that for *not*, it says so of what it stands before: `No esta compra`, `Nie ten zakup`. */
function negatesComplement(text: string, words: Word[], at: number, length: number): boolean {
  if (isSetOff(text, words, at) || phraseAt(words, at - 1, anyLanguage.negations) === null) return false
  return requestLength(words, at) === length
}

/** Whether a word, neither repeated nor set off, follows another: an emoji, or `no I refuse`, does not negate it. */
function negates(text: string, words: Word[], at: number, length: number): boolean {
  const [before, word] = words.slice(at - 1, at + 1)
  if (before === undefined || word === undefined || before.text === word.text) return false
  if (length > 1 && !negatable.has(word.text)) return false
  return !isSetOff(text, words, at) && [before, word].every(({ text }) => /\p{L}/u.test(text))
}
