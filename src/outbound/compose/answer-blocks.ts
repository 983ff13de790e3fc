import type { Translate } from '../../lib/translate.ts'
import { answerLink } from './answer-link.ts'
import { answerPlace } from './answer-place.ts'
import type { Block } from './mail-content.ts'
import type { ChoiceFacts, ToAssignee } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { subjectLine } from './subject-line.ts'

const MAX_CHOICES = 10
const MAX_WORD = 60

/** The question and one button per choice. */
export function answerButtons(model: ToAssignee, translate: Translate): Block[] {
  const { replyTo, tag } = answerPlace(model)
  const subject = subjectLine({ prefix: '', ...model.request, tag: null })
  const choices = cleanChoices(model)
  const commented = choices.filter((choice) => choice.commentRule === 'required')
  const question = plainLine(model.action.questionText, 500)
  return [
    { kind: 'question', text: question },
    {
      kind: 'buttons',
      buttons: choices.map(({ label, replyWord }) => ({
        label,
        href: answerLink({ to: replyTo, subject, tag, replyWord }),
      })),
    },
    ...commented.map(
      ({ label, replyWord }): Block => ({
        kind: 'note',
        text: translate('mails:answer.comment-required', { label, word: replyWord }),
      }),
    ),
  ]
}

/** How to answer by writing: the words in one line. */
export function answerWords(model: ToAssignee, translate: Translate): Block {
  const choices = cleanChoices(model)
  const words = choices.map(({ label, replyWord }) =>
    replyWord.toLowerCase() === label.toLowerCase()
      ? replyWord
      : translate('mails:answer.word', { label, word: replyWord }),
  )
  const comments = choices.some((choice) => choice.commentRule !== 'none')
  const list = new Intl.ListFormat(model.recipient.locale, { type: 'disjunction' }).format(words)
  return {
    kind: 'paragraph',
    text: translate(comments ? 'mails:answer.by-word-with-comment' : 'mails:answer.by-word', { words: list }),
  }
}

function cleanChoices(model: ToAssignee): ChoiceFacts[] {
  return model.action.choices.slice(0, MAX_CHOICES).map((choice) => ({
    ...choice,
    label: plainLine(choice.label, MAX_WORD),
    replyWord: plainLine(choice.replyWord, MAX_WORD),
  }))
}
