import { formatSize } from '../../lib/format-size.ts'
import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import { localTime } from './local-time.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { ApprovalModel } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

const MAX_FIELDS = 40

/**
 * The approval e-mail. The first screen of a phone shows who asks, what, how much, and the buttons; what the request
 * holds comes after them.
 */
export function approval(model: ApprovalModel, translate: Translate): MailContent {
  return {
    subjectPrefix: '',
    lead: translate('mails:approval.lead', { requester: plainLine(model.request.requesterName, 100) }),
    blocks: [
      ...handedOn(model, translate),
      ...answerButtons(model, translate),
      ...facts(model, translate),
      ...answerWords(model, translate),
    ],
  }
}

/** Who asks them to answer in their place, and what for. */
function handedOn({ handedOn }: ApprovalModel, translate: Translate): Block[] {
  if (handedOn === null) return []
  const comment = plainLines(handedOn.comment, 20, 500)
  const by = plainLine(handedOn.byName, 100)
  const quote: Block[] = comment.length === 0 ? [] : [{ kind: 'quote', lines: comment }]
  return [{ kind: 'paragraph', text: translate('mails:approval.handed-on', { by }) }, ...quote]
}

function facts(model: ApprovalModel, translate: Translate): Block[] {
  const { request, action, recipient, timeZone } = model
  const rows = request.fields.slice(0, MAX_FIELDS).map(({ label, value }) => ({
    label: plainLine(label, 100),
    value: plainLine(value, 500),
  }))
  const time = (moment: Date) => localTime(moment, recipient.locale, timeZone)
  rows.push({ label: translate('mails:approval.requested'), value: time(request.createdAt) })
  if (action.dueAt) rows.push({ label: translate('mails:approval.due'), value: time(action.dueAt) })
  const { files, enclosed } = model.attachments
  if (files.length > 0) rows.push({ label: translate('mails:approval.files'), value: listFiles(model) })
  const left = request.fields.length - MAX_FIELDS
  const notes = [
    ...(left > 0 ? [translate('mails:approval.more-fields', { left })] : []),
    ...(files.length > 0 && !enclosed ? [translate('mails:approval.files-apart')] : []),
  ]
  return [{ kind: 'table', rows }, ...notes.map((text): Block => ({ kind: 'note', text }))]
}

/** `offer.pdf (182 kB), invoice.xlsx (1.2 MB)`, with the end of a long name, which says what it is. */
function listFiles({ attachments, recipient }: ApprovalModel): string {
  return attachments.files
    .map(({ name, size }) => `${shortName(name)} (${formatSize(size, recipient.locale)})`)
    .join(', ')
}

function shortName(name: string): string {
  const line = plainLine(name, 255)
  return line.length <= 80 ? line : `${plainLine(line, 70)}${plainLine(line.slice(-8), 8)}`
}
