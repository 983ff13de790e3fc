import { labelLearnedFooter } from './label-learned-footer.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { phraseAt, phraseKey, phrasesFrom } from './phrases.ts'
import type { ReadContext } from './reading.ts'
import { isMeaningful, label, type TextLine } from './text-lines.ts'
import { isName, keyOf } from './words.ts'

/** What is longer than this is a letter, not a signature: a postscript must not vanish with it. */
const signatureLines = 12

/** A line of a device is short; prose that begins with the same words is not. */
const deviceWords = 14

const postscripts = phrasesFrom(['ps', 'p s', 'nb'].map((text) => [text, true] as const))

/**
 * Labels signatures and footers in new text: the line of a device, what stands below `-- ` (RFC 3676 section 4.3), a
 * closing formula or the sender's own name, legal and scanner footers, and footers learned from the sender's domain.
 *
 * @param senderName The display name of the From header, `''` when there is none.
 */
export function labelSignature(lines: TextLine[], senderName: string, context: ReadContext): void {
  const unread = lines.filter((line) => line.label === null)
  label(unread.filter(isDeviceLine), 'signature', 'device')
  labelDisclaimer(unread)
  labelLearnedFooter(unread, context)
  labelBelow(unread, namesOf(senderName))
}

function labelDisclaimer(lines: TextLine[]): void {
  const start = lines.findIndex((line) => phraseAt(line.words, 0, anyLanguage.disclaimers) !== null)
  if (start === -1) return
  // Above the text it is one paragraph that a gateway put there; below, everything that follows belongs to it.
  const above = !lines.slice(0, start).some(isMeaningful)
  const length = lines.slice(start).findIndex((line) => !isMeaningful(line))
  label(lines.slice(start, above && length !== -1 ? start + length : undefined), 'disclaimer', 'disclaimer')
}

function labelBelow(lines: TextLine[], names: Set<string>): void {
  let meaningful = 0
  for (const [at, line] of lines.entries()) {
    const rule = signatureRule(line, names, meaningful)
    if (isMeaningful(line)) meaningful += 1
    if (rule === null) continue
    const below = lines.slice(at)
    const postscript = below.findIndex(({ words }) => phraseAt(words, 0, postscripts) !== null)
    const signature = postscript === -1 ? below : below.slice(0, postscript)
    if (signature.filter(isMeaningful).length > signatureLines) continue
    label(signature, 'signature', rule)
    return
  }
}

/** The sender's name ends a mail only when something stands above it: `Nadia` alone is not signed. */
function signatureRule(line: TextLine, names: Set<string>, meaningfulAbove: number): string | null {
  if (/^--\s*$/.test(line.text)) return 'dashes'
  if (isClosing(line)) return 'closing'
  if (meaningfulAbove > 0 && names.has(keyOf(line.words))) return 'sender-name'
  return null
}

function isClosing({ text, words }: TextLine): boolean {
  const closing = phraseAt(words, 0, anyLanguage.closings)
  if (closing === null) return false
  return (
    words.slice(closing.length).length <= 3 && words.slice(closing.length).every((word) => isName(text, word))
  )
}

function isDeviceLine({ words }: TextLine): boolean {
  return words.length <= deviceWords && phraseAt(words, 0, anyLanguage.deviceSignatures) !== null
}

/** The ways somebody signs: `Nadia Roy`, `Roy, Nadia`, `Nadia`. */
function namesOf(displayName: string): Set<string> {
  const words = phraseKey(displayName).split(' ')
  const names = [words.join(' '), words.toReversed().join(' '), ...words]
  return new Set(names.filter((name) => name.length > 1))
}
