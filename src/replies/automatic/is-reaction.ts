import type { ParsedMessage } from '../../mail/message.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, phraseKey } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import { isSetOff, keyOf } from '../words.ts'

/** The emoji, who reacted, and a link to the program's page. */
const reactionLines = 3

/**
 * Whether the text is what Outlook and Gmail send for an emoji that was clicked under a mail: `👍 Nadia Roy reacted to
 * your message:`. In a language whose words are not known, it is an emoji, and behind it a line that begins with the
 * sender's name and goes on like a sentence. A person who signs below an emoji puts the name by itself.
 */
export function isReaction(lines: TextLine[], { from }: Pick<ParsedMessage, 'from'>): boolean {
  const [first, second] = lines
  if (first === undefined || lines.length > reactionLines) return false
  if ([first, second].some((line) => line !== undefined && holdsPhrase(line.words, anyLanguage.reactions))) {
    return true
  }
  if (!/^\p{Extended_Pictographic}/u.test(first.text.trimStart())) return false
  const isApart = first.words.length === 1
  const sentence = isApart ? second : first
  return sentence !== undefined && tellsOf(phraseKey(from[0]?.name ?? ''), sentence, isApart ? 0 : 1)
}

function tellsOf(name: string, { text, words }: TextLine, at: number): boolean {
  const end = at + name.split(' ').length
  const verb = words[end]
  if (name === '' || verb === undefined || keyOf(words.slice(at, end)) !== name) return false
  return !isSetOff(text, words, end) && !/^\p{Lu}/u.test(text.slice(verb.from))
}
