import { type AnswerWords, answerPhraseAt } from '../answers/answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { findPhrase, isPhrase, phraseAt, phrasesFrom } from '../phrases.ts'
import { isMeaningful, label, TextLine } from '../text-lines.ts'
import { wordsOf } from '../words.ts'
import { speaksOfSelf } from './speaks-of-self.ts'

/** Tags that a gateway puts on a line of its own, or in brackets before the text. */
const tags = phrasesFrom(
  'external extern externe externo esterno zewnętrzny ext caution attention warning'
    .split(' ')
    .map((tag) => [tag, true] as const),
)

/** What a warning begins with, or speaks of at once: `This message originated outside`. */
const subjects =
  /^(?:e?mail|message|courriel|courrier|nachricht|correo|mensaje|messaggio|bericht|mensagem|wiadomosc|precaucion|attenzione|achtung|vorsicht|let|cuidado|uwaga|avviso)$/

/** `[EXTERNAL]`, `*** Caution ***`; what follows on the line is the text. */
const bracketed = /^\s*(?:\[[^[\]]{1,60}\]|\*{1,3}[^*]{1,60}\*{1,3}|<[^<>]{1,60}>|\([^()]{1,60}\))[\s:–-]*/

/** A gateway wraps its warning at 72 columns or so; what ends sooner is a line of its own. */
const wrappedLine = 40

/** A warning has a few sentences, in lines no longer than this. */
const longestWarning = 12
const longestLine = 2_000

/**
 * Labels the warnings that a gateway has put above the text: the tags and sentences before the first that is none, however
 * they are broken into lines. Where the text goes on in the same line, the line is cut in two, in `lines` too.
 */
export function labelBanner(lines: TextLine[], answers: AnswerWords[]): void {
  for (let at = 0, parts = 0; at < lines.length && parts < longestWarning; at += 1) {
    const line = lines[at]
    if (line === undefined || line.label !== null) continue
    if (line.text.length > longestLine) return
    if (!isMeaningful(line)) continue
    const length = bannerLength(lines, at, answers)
    if (length === 0) return
    parts += 1
    let left = length
    for (; left > 0 && at < lines.length; at += 1) left -= labelStart(lines, at, left)
    at -= 1
  }
}

/** How many characters from here on, with one for each line end, are a tag or a sentence of a warning. */
function bannerLength(lines: TextLine[], at: number, answers: AnswerWords[]): number {
  const first = lines[at]
  if (first === undefined) return 0
  if (isPhrase(first.words, tags)) return first.text.length
  const tag = bracketed.exec(first.text)?.[0] ?? ''
  if (tag !== '' && isWarning(tag)) return tag.length
  const sentence = firstSentence(lines, at)
  const isGlued = lines
    .slice(at, at + longestWarning)
    .some((line) => isCutBy(line, first.from + sentence.length))
  return isWarning(sentence, isGlued) && !isAnswer(sentence, answers) ? sentence.length : 0
}

/** `Yes, though the offer came from outside`; but `Ne cliquez pas` is no Czech no. */
function isAnswer(sentence: string, answers: AnswerWords[]): boolean {
  const words = wordsOf(sentence)
  if (phraseAt(words, 0, anyLanguage.banners) !== null) return false
  return answers.some((some) => answerPhraseAt(words, 0, some) !== null)
}

/** Whether the text goes on in this line behind a place in the whole text. */
function isCutBy({ from, text }: TextLine, place: number): boolean {
  return place > from && text.slice(place - from).trim() !== ''
}

/**
 * Whether this is a tag or a sentence of a warning. Where the text goes on behind it, it must begin like one: people write
 * of outside, too (`I do not trust the external sender. Yes`).
 */
function isWarning(text: string, isGlued = false): boolean {
  const words = wordsOf(text)
  if (isPhrase(words, tags)) return true
  const found = findPhrase(words, anyLanguage.banners)
  if (found === null || speaksOfSelf(words, found.value)) return false
  const begins = words.slice(0, 3).some(({ text: word }) => subjects.test(word))
  return (
    !isGlued ||
    begins ||
    phraseAt(words, 0, tags) !== null ||
    phraseAt(words, 0, anyLanguage.banners) !== null
  )
}

function firstSentence(lines: TextLine[], from: number): string {
  let sentence = ''
  for (const [index, line] of lines.slice(from, from + longestWarning).entries()) {
    if (line.label !== null || !isMeaningful(line)) return sentence
    const start = index === 0 ? '' : `${sentence}\n`
    const end = /[.!?]["'»”)\]*]*(?:\s+[*\])]+)?(?=\s)/.exec(line.text)
    if (end !== null) return start + line.text.slice(0, end.index + end[0].length)
    sentence = start + line.text
    const column = index === 0 ? cutOff(lines[from - 1]) : 0
    if (column + line.text.length < wrappedLine || /[.!?]["'»”)\]*\s]*$/.test(line.text)) return sentence
  }
  return sentence
}

/** How long the part of a line is that was cut off before this one. */
function cutOff(before: TextLine | undefined): number {
  return before !== undefined && before.to === before.from + before.text.length ? before.text.length : 0
}

/** Labels as much of a line, and cuts it there when something follows. Returns how many characters that were. */
function labelStart(lines: TextLine[], at: number, length: number): number {
  const line = lines[at]
  if (line === undefined) return length
  if (line.text.slice(length).trim() !== '') {
    const cut = line.from + length
    const start = new TextLine(line.text.slice(0, length), line.from, cut)
    const rest = new TextLine(line.text.slice(length), cut, line.to)
    lines.splice(at, 1, start, rest)
  }
  label(lines.slice(at, at + 1), 'banner', 'external-mail')
  return line.text.length + 1
}
