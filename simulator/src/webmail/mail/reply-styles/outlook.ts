import { escapeHtml } from '../escape-html.ts'
import { formatMailbox } from '../parse-mail.ts'
import { rewriteOpenTags, writeOpenTag } from '../rewrite-open-tags.ts'
import { clientDate } from './client-date.ts'
import type { ReplyDraft, ReplyStyle } from './reply-style.ts'
import { typedHtml } from './typed-html.ts'

const labels = {
  en: { from: 'From: ', sent: 'Sent: ', to: 'To: ', cc: 'Cc: ', subject: 'Subject: ' },
  fr: { from: 'De : ', sent: 'Envoyé : ', to: 'À : ', cc: 'Cc : ', subject: 'Objet : ' },
} as const

/** Outlook on the web: a rule, the header block, then the original unmarked with its ids and classes renamed. */
export const outlook: ReplyStyle = (draft) => {
  const { text, locale, quoted } = draft
  const fields = headerBlock(draft)
  const block = fields.map(([label, value]) => `${label}${value}`).join('\n')
  const blockHtml = fields
    .map(([label, value]) => `<b>${label.trimEnd()}</b> ${escapeHtml(value)}`)
    .join('<br>')
  return {
    text: `${text}\n${'_'.repeat(32)}\n${block}\n\n${quoted.text}`,
    html:
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">' +
      `<div class="elementToProof" style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt;">${typedHtml(text)}</div>` +
      '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">' +
      '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">' +
      `${blockHtml}</font><div>&nbsp;</div></div><div>${renameMarks(quoted.html)}</div></body></html>`,
    headers: { 'Thread-Topic': quoted.subject, 'Content-Language': locale === 'fr' ? 'fr-FR' : 'en-US' },
  }
}

function headerBlock({ locale, quoted }: ReplyDraft): [label: string, value: string][] {
  const label = labels[locale]
  const sent = clientDate(quoted.sentAt, locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  const cc = quoted.cc.map(formatMailbox).join('; ')
  return [
    [label.from, formatMailbox(quoted.from)],
    // Outlook puts a space where ICU says "at" or "à".
    [label.sent, sent.replace(/ (?:at|à) (?=\d)/, ' ')],
    [label.to, quoted.to.map(formatMailbox).join('; ')],
    ...(cc === '' ? [] : [[label.cc, cc] satisfies [string, string]]),
    [label.subject, quoted.subject],
  ]
}

/** Outlook on the web prefixes ids and classes of what it quotes, so that no marker of ours survives by name. */
function renameMarks(html: string): string {
  return rewriteOpenTags(html, ({ name, attributes }) => {
    if (attributes.id === undefined && attributes.class === undefined) return null
    const renamed = Object.entries(attributes).map(([key, value]) =>
      key === 'id' || key === 'class' ? [key, value.trim().replace(/(^|\s+)(?=\S)/g, '$1x_')] : [key, value],
    )
    return writeOpenTag({ name, attributes: Object.fromEntries(renamed) })
  })
}
