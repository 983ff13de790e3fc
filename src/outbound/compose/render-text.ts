import type { Translate } from '../../lib/translate.ts'
import type { MailBody } from './mail-body.ts'
import type { Block } from './mail-content.ts'

/** The text part: complete by itself, lines ended by LF. */
export function renderText(body: MailBody, translate: Translate): string {
  const head = [body.lead, body.title, ...(body.amount === null ? [] : [body.amount])].join('\n')
  const paragraphs = [head, ...body.blocks.map((block) => renderBlock(block, translate))]
  if (body.marker !== null) paragraphs.unshift(body.marker)
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

function renderBlock(block: Block, translate: Translate): string {
  switch (block.kind) {
    case 'paragraph':
    case 'question':
    case 'note':
      return block.text
    case 'quote':
      return block.lines.map((line) => `> ${line}`).join('\n')
    case 'form':
      return block.lines.join('\n')
    case 'buttons':
      return ''
    case 'table':
      return block.rows.map((row) => translate('mails:row', row)).join('\n')
    case 'link':
      return translate('mails:row', { label: block.label, value: block.href })
  }
}
