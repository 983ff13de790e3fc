import type { Translate } from '../../lib/translate.ts'
import { answerLink } from './answer-link.ts'
import { answerPlace } from './answer-place.ts'
import type { Block } from './mail-content.ts'
import type { HelpFacts, ToAssignee } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { subjectLine } from './subject-line.ts'

/** The instructions that hold for the action, with what each does. */
export function instructionList({ delegation }: HelpFacts, translate: Translate): Block[] {
  const row = (name: string, values = {}) => ({
    label: translate(`mails:instruction.${name}.write`),
    value: translate(`mails:instruction.${name}.does`, values),
  })
  const delegate =
    delegation.kind === 'group'
      ? [row('delegate-in-group', { group: plainLine(delegation.name, 100) })]
      : delegation.kind === 'people'
        ? [row('delegate')]
        : []
  return [
    { kind: 'paragraph', text: translate('mails:instruction.list') },
    { kind: 'table', rows: [row('comment'), row('status'), ...delegate, row('help')] },
  ]
}

/** Why an action was not handed on, and the people among whom the reader may choose, a button each. */
export function refusalBlocks(
  model: ToAssignee,
  { delegation, refused }: HelpFacts,
  translate: Translate,
): Block[] {
  if (refused === null) return []
  const { why, candidates } = refused
  const to = plainLine(refused.to, 100)
  const inGroup = delegation.kind === 'group' && why === 'unknown'
  const key = inGroup
    ? 'unknown-in-group'
    : why === 'several' && candidates.length === 0
      ? 'several-unnamed'
      : why
  const group = delegation.kind === 'group' ? plainLine(delegation.name, 100) : ''
  const text = translate(`mails:delegation-refused.${key}`, { to, group })
  if (candidates.length === 0) return [{ kind: 'paragraph', text }]

  const { replyTo, tag } = answerPlace(model)
  const subject = subjectLine({ prefix: '', ...model.request, tag: null })
  const word = translate('mails:instruction.delegate.word')
  const people = candidates.map(({ name, address }) => ({
    label: plainLine(name, 60),
    address: plainLine(address, 254),
  }))
  return [
    { kind: 'paragraph', text },
    { kind: 'table', rows: people.map(({ label, address }) => ({ label, value: address })) },
    {
      kind: 'buttons',
      buttons: people.map(({ label, address }) => ({
        label,
        href: answerLink({ to: replyTo, subject, tag, lines: [`${word} ${address}`] }),
      })),
    },
  ]
}
