import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, isPhrase, phraseAt, phrasesFrom } from '../phrases.ts'
import { isMeaningful, label, type TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'
import { speaksOfSelf } from './speaks-of-self.ts'

/** Headings of legal footers, which people use as well: with little below, it is theirs (`Disclaimer: only if Paul agrees`). */
const headings = phrasesOf(
  ...[
    'disclaimer',
    'legal notice',
    'important notice',
    'avertissement',
    'mentions légales',
    'haftungsausschluss',
  ],
  ...['aviso legal', 'nota legale', 'aviso importante'],
)
const shortWords = 15

/** `Contoso France SA` */
const nameWords = 4

const { conditions, limits, negations } = anyLanguage

/** So many lines of a paragraph tell what it is. */
const closeLines = 12

const mailingLists = phrasesOf(
  ...[
    'mailing list',
    'mailingliste',
    'mailinglijst',
    'liste de diffusion',
    'lista de correo',
    'lista de distribución',
  ],
  ...['lista di distribuzione', 'lista de discussão', 'lista dyskusyjna'],
)

/**
 * Labels the legal, scanner and list footers, known by how they begin. Above the text it is one paragraph that a gateway put
 * there; below, everything that follows belongs to it.
 */
export function labelDisclaimer(lines: TextLine[]): void {
  const start = lines.findIndex((_, at) => beginsDisclaimer(lines, at) || isListRule(lines, at))
  if (start === -1) return
  const isAbove = !lines.slice(0, start).some(isMeaningful)
  label(isAbove ? paragraphAt(lines, start, lines.length) : lines.slice(start), 'disclaimer', 'disclaimer')
}

function beginsDisclaimer(lines: TextLine[], at: number): boolean {
  const words = behindOrganisation(lines[at])
  const known = phraseAt(words, 0, anyLanguage.disclaimers)
  if (known !== null) {
    // `This message may contain my approval`
    return !paragraphAt(lines, at).some((line) => speaksOfSelf(line.words, known.value))
  }
  if (phraseAt(words, 0, headings) === null) return false
  const isAlone = isPhrase(words, headings)
  const below = paragraphAt(
    lines,
    isAlone ? at + 1 + lines.slice(at + 1, at + closeLines).findIndex(isMeaningful) : at,
  )
  return below.reduce((sum, line) => sum + line.words.length, 0) > shortWords
}

/** The words of a line without a name in front: `Contoso SA – Merci de ne pas imprimer ce message`. */
function behindOrganisation(line: TextLine | undefined): Word[] {
  if (line === undefined) return []
  const { text, words } = line
  if (!behindName.test(text)) return words
  const end = words.slice(0, nameWords + 1).findIndex((word, at) => isBehindDash(text, words[at - 1], word))
  const name = words.slice(0, Math.max(end, 0))
  const isName =
    name.every(({ from }) => /\p{Lu}/u.test(text.charAt(from))) &&
    ![conditions, limits, negations].some((list) => holdsPhrase(name, list))
  return isName ? words.slice(name.length) : words
}

const behindName = /\s[-–—|·]\s/

function isBehindDash(text: string, before: Word | undefined, word: Word): boolean {
  if (before === undefined) return false
  const between = text.slice(before.to, word.from)
  return between.length === 3 && behindName.test(between)
}

/** The rule that Mailman, and the one that Yahoo Groups begins its footer with. */
function isListRule(lines: TextLine[], at: number): boolean {
  const [rule, next] = lines.slice(at, at + 2)
  if (rule === undefined || next === undefined) return false
  return (
    /^__\._,_\.___\s*$/.test(rule.text) ||
    (/^_{40,}\s*$/.test(rule.text) && holdsPhrase(next.words, mailingLists))
  )
}

/** Lines up to the next blank one, or so many. */
function paragraphAt(lines: TextLine[], at: number, most = closeLines): TextLine[] {
  const paragraph = lines.slice(at, at + most)
  const blank = paragraph.findIndex((line) => !isMeaningful(line))
  return blank === -1 ? paragraph : paragraph.slice(0, blank)
}

function phrasesOf(...texts: string[]) {
  return phrasesFrom(texts.map((text) => [text, true] as const))
}
