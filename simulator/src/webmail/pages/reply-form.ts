import { type ReplyStyleName, replyStyles } from '../mail/compose-reply.ts'
import { html, type Markup } from './markup.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** What a reply form holds; `error` says why the last attempt was not sent. */
export type ReplyFields = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly style: ReplyStyleName
  readonly error: string | null
}

/** The form to answer a message with, as the mail client of one's choice. */
export function replyForm({ words }: Visit, address: string, id: string, fields: ReplyFields): Markup {
  const path = paths.message(address, id)
  const options = replyStyles.map(
    (style) =>
      html`<option value="${style}" ${style === fields.style && html`selected`}>${words.replyStyles[style]}</option>`,
  )
  return html`<form class="writing" method="post" action="${path}/reply" aria-label="${words.replyTitle}">
  ${fields.error !== null && html`<p class="alert" role="alert">${fields.error}</p>`}
  <dl><dt>${words.to}</dt><dd><bdi>${fields.to}</bdi></dd><dt>${words.subject}</dt><dd><bdi>${fields.subject}</bdi></dd></dl>
  <p class="field"><label for="style">${words.answerAs}</label>
    <select id="style" name="style" aria-describedby="style-hint">${options}</select>
    <span class="quiet" id="style-hint">${words.answerAsHint}</span></p>
  <p class="field"><label for="text">${words.yourAnswer}</label>
    <textarea id="text" name="text" rows="6" autofocus>
${fields.text}</textarea></p>
  <p class="actions"><button class="button primary">${words.send}</button>
    <a class="button" href="${path}">${words.discard}</a> <span class="quiet keys">${words.sendKeys}</span></p>
</form>`
}
