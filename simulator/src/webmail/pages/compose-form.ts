import { html, type Markup } from './markup.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** What the form of a new message holds; `error` says why the last attempt was not sent. */
export type ComposeFields = {
  readonly to: string
  readonly cc: string
  readonly subject: string
  readonly text: string
  readonly error: string | null
}

/** The form of a new message, blank or prefilled by a mailto link. */
export function composeForm({ words }: Visit, address: string, fields: ComposeFields): Markup {
  // Where a person goes on typing: at the first thing that is missing.
  const focus = html`autofocus`
  return html`<h1>${words.newMessage}</h1>
<form class="writing" method="post" action="${paths.compose(address)}" aria-label="${words.newMessage}">
  ${fields.error !== null && html`<p class="alert" role="alert">${fields.error}</p>`}
  <p class="field"><label for="to">${words.to}</label>
    <input id="to" name="to" value="${fields.to}" autocomplete="off" ${fields.to === '' && focus}></p>
  <p class="field"><label for="cc">${words.cc}</label>
    <input id="cc" name="cc" value="${fields.cc}" autocomplete="off"></p>
  <p class="field"><label for="subject">${words.subject}</label>
    <input id="subject" name="subject" value="${fields.subject}" autocomplete="off"></p>
  <p class="field"><label for="text">${words.message}</label>
    <textarea id="text" name="text" rows="12" ${fields.to !== '' && focus}>
${fields.text}</textarea></p>
  <p class="actions"><button class="button primary">${words.send}</button>
    <a class="button" href="${paths.mailbox(address)}">${words.discard}</a> <span class="quiet keys">${words.sendKeys}</span></p>
</form>`
}
