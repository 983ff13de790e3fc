import { clientDate } from './client-date.ts'
import { quoteLines } from './quote-lines.ts'
import type { ReplyDraft, ReplyStyle } from './reply-style.ts'

/** A client set to plain text, after Thunderbird: no HTML part, every quoted line behind `>`. */
export const plain: ReplyStyle = (draft) => ({
  text: `${draft.text}\n\n${attribution(draft)}\n${quoteLines(draft.quoted.text)}`,
  headers: { 'User-Agent': 'Mozilla Thunderbird' },
})

function attribution({ locale, quoted }: ReplyDraft): string {
  const day = clientDate(quoted.sentAt, locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
  const time = clientDate(quoted.sentAt, locale, { hour: 'numeric', minute: '2-digit' })
  const author = quoted.from.name || quoted.from.address
  return locale === 'fr' ? `Le ${day} à ${time}, ${author} a écrit :` : `On ${day} ${time}, ${author} wrote:`
}
