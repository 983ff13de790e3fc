import type { Translate } from '../../lib/translate.ts'
import type { Block } from './mail-content.ts'
import type { ChoiceFacts, ToAssignee } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** Which choices need a comment, and where it is written: below the word of a reply, or below the lines of a form. */
export function commentedChoices(
  choices: ChoiceFacts[],
  where: 'answer' | 'form',
  { recipient }: ToAssignee,
  translate: Translate,
): Block[] {
  const commented = choices.filter(({ commentRule }) => commentRule === 'required')
  const [only, ...others] = commented
  if (only === undefined) return []
  if (others.length === 0) {
    const values = { label: plainLine(only.label, 60), word: plainLine(only.replyWord, 60) }
    return [{ kind: 'note', text: translate(`mails:${where}.comment-required`, values) }]
  }
  const labels = commented.map(({ label }) => translate('mails:form.quoted', { label: plainLine(label, 60) }))
  const list = new Intl.ListFormat(recipient.locale).format(labels)
  return [{ kind: 'note', text: translate(`mails:${where}.comments-required`, { labels: list }) }]
}
