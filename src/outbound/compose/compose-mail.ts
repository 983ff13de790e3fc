import { type Translate, translator } from '../../lib/translate.ts'
import { markerText } from '../../replies/regions/marker.ts'
import { actionWithdrawn } from './action-withdrawn.ts'
import { answerPlace } from './answer-place.ts'
import { approval } from './approval.ts'
import { approverAway } from './approver-away.ts'
import { askedBack } from './asked-back.ts'
import { askedForRest } from './asked-for-rest.ts'
import { commentRecorded } from './comment-recorded.ts'
import { confirmHeld } from './confirm-held.ts'
import { confirmation } from './confirmation.ts'
import { delegated } from './delegated.ts'
import { late } from './late.ts'
import type { MailBody } from './mail-body.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { AnsweredMessage, MailModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { redirected } from './redirected.ts'
import { renderHtml } from './render-html.ts'
import { renderText } from './render-text.ts'
import { requestClosed } from './request-closed.ts'
import { status } from './status.ts'
import { subjectLine } from './subject-line.ts'
import { undelivered } from './undelivered.ts'

/** A mail but for its Message-ID and date. Names and subject hold no control characters. */
export interface ComposedMail {
  from: { name: string; address: string }
  to: { name: string; address: string }
  replyTo: string
  subject: string
  text: string
  html: string
  /** Message-ID of theirs that this mail answers; null when it answers none. */
  inReplyTo: string | null
  references: string[]
  headers: Record<string, string>
}

/**
 * Composes the mail that `model` describes: subject, HTML, text and headers. Pure: the same model gives the same mail
 * to the octet, which is how quoted text is recognised later. Throws on a token or number that is none.
 */
export function composeMail(model: MailModel): ComposedMail {
  const translate = translator(model.recipient.locale)
  const { mailbox, recipient, request } = model
  const { to, content } = redirected(model, contentOf(model, translate), translate)
  const { subjectPrefix, lead, blocks } = content
  const place = 'token' in model ? answerPlace(model) : { replyTo: mailbox.replyTo, tag: null }
  const body: MailBody = {
    locale: recipient.locale,
    marker: blocks.some((block) => block.kind === 'buttons') ? markerText(recipient.locale) : null,
    lead,
    title: plainLine(request.title, 200),
    amount: request.amount === null ? null : plainLine(request.amount, 60),
    blocks: [...blocks, ...closing(model, translate)],
  }
  return {
    from: { name: plainLine(mailbox.displayName, 100), address: mailbox.address },
    to,
    replyTo: place.replyTo,
    subject: subjectLine({ prefix: subjectPrefix, ...request, tag: place.tag }),
    text: renderText(body, translate),
    html: renderHtml(body),
    ...thread('answers' in model ? model.answers : null),
    headers: headers(model),
  }
}

function contentOf(model: MailModel, translate: Translate): MailContent {
  switch (model.kind) {
    case 'approval':
      return approval(model, translate)
    case 'asked-back': {
      const { form } = model.action
      return form === null || model.rest === null
        ? askedBack(model, translate)
        : askedForRest(model, form, model.rest, translate)
    }
    case 'confirm-held':
      return confirmHeld(model, translate)
    case 'comment-recorded':
      return commentRecorded(model, translate)
    case 'late':
      return late(model, translate)
    case 'confirmation':
      return confirmation(model, translate)
    case 'action-withdrawn':
      return actionWithdrawn(model, translate)
    case 'delegated':
      return delegated(model, translate)
    case 'status':
      return status(model, translate)
    case 'request-closed':
      return requestClosed(model, translate)
    case 'undelivered':
      return undelivered(model, translate)
    case 'approver-away':
      return approverAway(model, translate)
  }
}

/** How every mail ends: the portal, and the numbers that people read aloud. */
function closing(model: MailModel, translate: Translate): Block[] {
  const request = model.request.number
  const numbers =
    'action' in model
      ? translate('mails:action-number', {
          request,
          action: model.action.number,
          title: plainLine(model.action.title, 100),
        })
      : translate('mails:request-number', { request })
  const link: Block[] =
    model.portalUrl === null
      ? []
      : [{ kind: 'link', label: translate('mails:portal'), href: checkUrl(model.portalUrl) }]
  return [...link, { kind: 'note', text: numbers }]
}

function checkUrl(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not an address for people: ${url}`)
  return href
}

/** RFC 5322, 3.6.4. The ids come from a stranger's mail: what is no Message-ID is left out. */
function thread(answered: AnsweredMessage | null): { inReplyTo: string | null; references: string[] } {
  const ids = [...(answered?.references ?? []), answered?.messageId ?? '']
    .map((id) => id.trim())
    .filter((id) => /^<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>$/.test(id))
  const messageId = answered?.messageId?.trim()
  return {
    inReplyTo: messageId !== undefined && ids.includes(messageId) ? messageId : null,
    // The first names the thread, the last ones are what clients look at.
    references: ids.length <= 20 ? ids : [...ids.slice(0, 1), ...ids.slice(-19)],
  }
}

/**
 * The approval e-mail is written at a person's request and wants out-of-office replies back; all other mails are
 * automatic (RFC 3834) and ask Exchange for no automatic answer, except for non-delivery reports, which we need
 * ([MS-OXCMAIL] 2.1.3.2.17). `X-Countersign-Message` is the guard against our own mail coming back, because Graph has
 * been seen to drop `Auto-Submitted`.
 */
function headers(model: MailModel): Record<string, string> {
  if (!/^[a-z0-9.-]{1,64}$/i.test(model.instance))
    throw new Error(`Not an instance prefix: ${model.instance}`)
  const guard = { 'X-Countersign-Message': `${model.kind}; instance=${model.instance}` }
  return model.kind === 'approval'
    ? guard
    : {
        ...guard,
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
      }
}
