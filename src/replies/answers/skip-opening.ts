import { wholePhraseAt } from '../doubts/doubt-beside.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom, withoutLengths } from '../phrases.ts'
import { endsSentence } from '../sentences.ts'
import { isName, isSetOff, type Word } from '../words.ts'
import { answerAt } from './answer-at.ts'
import { type AnswerWords, answerPhraseAt } from './answer-words.ts'
import { complementLength, requestLength, requestNounLength } from './complement-length.ts'
import type { Meaning } from './dictionary.ts'
import { isReport } from './is-report.ts'
import { vocativeLength } from './vocative-length.ts'

/** `Hi Nadia Roy,`: names after a greeting or thanks. */
export const courtesyNames = 2

/** `Thanks, but no`: behind courtesy or regret they lead into a no. */
const buts = phrasesFrom(
  ['but', 'mais', 'aber', 'pero', 'ma', 'maar', 'mas', 'ale'].map((word) => [word, true] as const),
)

const { leads, prefaces, asides, assents, refusals, regrets, favourable, complements, reports } = anyLanguage

/** What leads into an answer, with what leads into a yes or a no alone, and says nothing else. */
const leadsTo: Record<Meaning, Phrases<unknown>[]> = {
  yes: [leads, complements, prefaces, asides, assents, reports],
  no: [leads, complements, prefaces, asides, refusals, regrets, buts, reports],
}

/** The words in front of an answer less what leads into it. */
export function withoutLeads(words: Word[], meaning: Meaning | null): Word[] {
  return withoutLengths(words, (at) =>
    Math.max(
      requestLength(words, at),
      requestNounLength(words, at),
      ...leadsTo[meaning ?? 'yes'].map((phrases) => phraseAt(words, at, phrases)?.length ?? 0),
    ),
  )
}

/** `As discussed` *on the phone this morning*`, approved`; a sentence of its own may be longer. */
const prefaceWords = 8
const sentenceWords = 25

/** What joins two answers, or a preface and an answer, with its languages. */
export const ands = phrasesFrom<string[]>([
  ['and', ['en']],
  ['et', ['fr']],
  ['und', ['de']],
  ['y', ['es']],
  ['e', ['it', 'pt']],
  ['en', ['nl']],
  ['i', ['pl']],
])

/** Where an answer begins, and where before it the courtesy ends. */
export interface Opening {
  courtesyEnd: number
  start: number
}

/**
 * Skips what stands before an answer: a greeting, with a name when a separator ends it, thanks, and right before the answer
 * what it is about, who says it, a regret or an assent (`From my side approved`, `Unfortunately no`, `No problem, yes`).
 */
export function skipOpening(
  text: string,
  words: Word[],
  answers: AnswerWords,
  isPerson: (word: Word) => boolean = () => false,
): Opening {
  const courtesyEnd = skipCourtesy(text, words, answers) || addressLength(text, words, isPerson)
  return { courtesyEnd, start: skipLead(text, words, courtesyEnd, answers) }
}

/** How many words in front are the name of somebody whom the line addresses: `Nadia, approved`. */
function addressLength(text: string, words: Word[], isPerson: (word: Word) => boolean): number {
  const length = vocativeLength(text, words, 0)
  const isComma = text.slice(words[length - 1]?.to).startsWith(',')
  return isComma && words.slice(0, length).some(isPerson) ? length : 0
}

function skipCourtesy(text: string, words: Word[], answers: AnswerWords): number {
  let at = 0
  for (const phrases of [anyLanguage.greetings, anyLanguage.thanks]) {
    const courtesy = answerPhraseAt(words, at, answers) === null ? phraseAt(words, at, phrases) : null
    const preface = phraseAt(words, at, prefaces)
    if (courtesy === null || (preface !== null && preface.length > courtesy.length)) continue
    // Spanish `don` greets, English `don't` does not.
    if (/^['’]/.test(text.slice(words[at + courtesy.length - 1]?.to))) continue
    at += courtesy.length
    if (answerPhraseAt(words, at, answers) !== null) continue
    for (let names = 1; names <= courtesyNames; names += 1) {
      if (at + names < words.length && isSetOff(text, words, at + names)) {
        at += names
        break
      }
    }
  }
  return at
}

/** Where the answer begins behind what leads into it; the start where none follows. */
function skipLead(text: string, words: Word[], start: number, answers: AnswerWords): number {
  const lengthAt = (at: number, phrases: Phrases<unknown>) => phraseAt(words, at, phrases)?.length ?? 0
  /** Of one word before what the answer is about, it asks: `ist der Antrag genehmigt`. */
  const leadAt = (at: number) => {
    const length = lengthAt(at, leads)
    const asks = length === 1 && !isSetOff(text, words, at + 1) && complementLength(text, words, at + 1) > 0
    return asks ? 0 : length
  }
  /** `Urlaub` *geht klar*, `Contrato` *aprobado* */
  const nounAt = (at: number) => {
    const length = requestNounLength(words, at)
    const answer =
      length === 0 || isSetOff(text, words, at + length) ? null : answerAt(text, words, at + length, answers)
    return answer === null || answer.value.isBare || answer.value.isPlain ? 0 : length
  }
  /** `Gelesen`*, genehmigt*; but `Gelesen, ja` answers whether it was read. */
  const reportAt = (at: number) => {
    const length = lengthAt(at, reports)
    if (endsSentence(text, words[at + length - 1], words[at + length])) return 0
    const answer =
      length > 0 && isSetOff(text, words, at + length) ? answerAt(text, words, at + length, answers) : null
    return answer === null || answer.value.isBare || answer.value.isPlain ? 0 : length
  }
  for (let at = start; ; ) {
    const answer = answerAt(text, words, at, answers)?.length ?? 0
    if (at + answer === words.length) return answer > 0 ? at : start
    const regret = lengthAt(at, regrets)
    const lead = Math.max(
      wholePhraseAt(text, words, at, assents),
      wholePhraseAt(text, words, at, refusals),
      wholePhraseAt(text, words, at, favourable),
      wholePhraseAt(text, words, at, asides),
      regret === 0 ? 0 : regret + namesAt(text, words, at + regret),
      leadAt(at),
      complementLength(text, words, at),
      nounAt(at),
      reportAt(at),
      at > 0 ? lengthAt(at, buts) : 0,
    )
    if (answer > 0 && answer >= lead) return at
    const skipped = Math.max(lead, prefaceAt(text, words, at, answers))
    // `Absolutamente não`: what would end the line is the answer itself.
    if (answer > 0 && at + skipped === words.length) return at
    if (skipped === 0) return start
    at += skipped
  }
}

/** How many words are a name in front of punctuation: `Sorry` *Tom*`, no`. */
function namesAt(text: string, words: Word[], at: number): number {
  for (let names = 1; names <= courtesyNames; names += 1) {
    const name = words[at + names - 1]
    if (name === undefined || !isName(text, name)) return 0
    if (isSetOff(text, words, at + names)) return names
  }
  return 0
}

/** The number of words of a preface that ends with punctuation, or with an *and* before an answer; 0 when there is none. */
function prefaceAt(text: string, words: Word[], at: number, answers: AnswerWords): number {
  const length = phraseAt(words, at, prefaces)?.length ?? 0
  if (length === 0) return 0
  for (let end = at + length; end <= at + length + sentenceWords && end < words.length; end += 1) {
    const isShort = end <= at + length + prefaceWords
    // `Thanks for asking but no`
    if (isShort && phraseAt(words, end, buts) !== null && answerAt(text, words, end + 1, answers) !== null)
      return end - at
    const isSentence = endsSentence(text, words[end - 1], words[end])
    if (isSentence) return isReport(text, words.slice(at, end)) ? end - at : 0
    if (isShort && isSetOff(text, words, end)) return end - at
    const and = phraseAt(words, end, ands)
    if (isShort && and !== null && answerAt(text, words, end + and.length, answers) !== null)
      return end + and.length - at
  }
  return 0
}
