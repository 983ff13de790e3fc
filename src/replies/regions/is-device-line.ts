import type { AnswerWords } from '../answers/answer-words.ts'
import { findAnswerWords } from '../answers/find-answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, phraseAt, phraseKey, withoutPhrases } from '../phrases.ts'
import { holdsQuestionMark, type TextLine } from '../text-lines.ts'
import { keyOf, type Word } from '../words.ts'

/** A line of a device is short; prose that begins with the same words is not. */
const deviceWords = 14

/** What devices, systems and mail apps are called, and what people call theirs: beginnings, for languages decline them. */
const devices = new RegExp(
  `(?:^| )(?:${`iphon ipad ios mac apple android samsung galaxy huawei xiaomi redmi oppo pixel nokia sony xperia motorola
  oneplus honor fairphone blackberry windows outlook gmail yahoo proton gmx libero orange thunderbird bluemail spark zoho airmail mailbox
  phone cell mobil móvil smartphone tablet device handy téléphone telefon teléfono telefoon celular cellulare telemóvel portable
  puhelim телефон смартфон мобил мобіл κινητό טלפון هاتف 手机 手機 スマートフォン 휴대폰`
    .split(/\s+/)
    .map(phraseKey)
    .join('|')})`,
  'u',
)

const { conditions, negations, limits, retractions, withdrawals } = anyLanguage
const { reservations, deferrals, futures } = anyLanguage
const doubts = [conditions, negations, limits, retractions, withdrawals, reservations, deferrals, futures]

/**
 * Whether a device or an app has signed with this line: `Sent from my iPhone`. It names the device, and says nothing that
 * could bear on an answer: people go on in that line (`Sent from my phone, only the laptops please`), and what it begins
 * with begins other sentences as well (`Von meinem Chef noch nicht freigegeben`).
 */
export function isDeviceLine({ text, words }: TextLine, answers: AnswerWords[]): boolean {
  const start = words.length > deviceWords ? null : phraseAt(words, 0, anyLanguage.deviceSignatures)
  if (start === null || holdsQuestionMark(text.replace(/https?:\/\/\S*/g, '')) || !devices.test(keyOf(words)))
    return false
  return isHarmless(text, withoutPhrases(words.slice(start.length), anyLanguage.idioms), answers)
}

function isHarmless(text: string, rest: Word[], answers: AnswerWords[]): boolean {
  if (doubts.some((phrases) => holdsPhrase(rest, phrases))) return false
  return answers.every((some) => findAnswerWords(text, rest, some).found.length === 0)
}
