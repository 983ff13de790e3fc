import type { Phrases } from '../phrases.ts'
import { phraseAt, phraseKey } from '../phrases.ts'
import { wordsOf } from '../words.ts'

/** Longer than any phrase that a program begins a subject with. */
const beginning = 80
/** Longer than any title of ours in a subject. */
const longestTitle = 500

/** What a gateway puts in front: `[EXTERNAL] Automatic reply: …`. Our own tag holds a `#`. */
const gatewayTags = /^\s*(?:\[[^[\]#]{1,30}\]\s*){0,3}/

/**
 * Whether a subject begins with one of the phrases, set off as programs do it (`Accepted: …`, `自动答复: …`, `Out of
 * Office`), and not with the title of our own request, which may be about an absence.
 *
 * @param sentText The text that we sent, which holds the title on a line of its own; null when unknown.
 */
export function subjectBegins(subject: string, phrases: Phrases<unknown>, sentText: string | null): boolean {
  const whole = subject.slice(0, longestTitle).replace(gatewayTags, '')
  const text = whole.slice(0, beginning)
  const words = wordsOf(text)
  const found = phraseAt(words, 0, phrases)
  if (found === null) return false
  const next = words[found.length]
  const between = text.slice(words[found.length - 1]?.to, next?.from)
  const isSetOff = next === undefined || /[:：\-–—(!.]/.test(between)
  return isSetOff && !isTitleOfOurs(phraseKey(whole), found.length, sentText)
}

/** Whether the subject begins with a line of ours that goes on behind the phrase. */
function isTitleOfOurs(subject: string, phraseLength: number, sentText: string | null): boolean {
  return (sentText ?? '').split('\n').some((line) => {
    const key = phraseKey(line.slice(0, longestTitle))
    return key.split(' ').length > phraseLength && `${subject} `.startsWith(`${key} `)
  })
}
