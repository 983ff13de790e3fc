import type { Translate } from '../../lib/translate.ts'
import { answerLink } from './answer-link.ts'
import { answerPlace } from './answer-place.ts'
import { commentedChoices } from './commented-choices.ts'
import type { Block } from './mail-content.ts'
import type { ChoiceFacts, ToAssignee } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { formInWriting, severalQuestions } from './several-questions.ts'
import { subjectLine } from './subject-line.ts'
import { wordList } from './word-list.ts'

const MAX_CHOICES = 10
const MAX_WORD = 60

/** The question and one button per choice; the further questions, where several are asked. */
export function answerButtons(model: ToAssignee, translate: Translate): Block[] {
  const { replyTo, tag } = answerPlace(model)
  const subject = subjectLine({ prefix: '', ...model.request, tag: null })
  const choices = cleanChoices(model)
  const { form } = model.action
  if (form !== null) return severalQuestions(model, form, choices, translate)
  const question = plainLine(model.action.questionText, 500)
  return [
    { kind: 'question', text: question },
    {
      kind: 'buttons',
      buttons: choices.map(({ label, replyWord }) => ({
        label,
        href: answerLink({ to: replyTo, subject, tag, lines: [replyWord] }),
      })),
    },
    ...commentedChoices(choices, 'answer', model, translate),
  ]
}

/** How to answer by writing: the words in one line, or a form to fill in. */
export function answerWords(model: ToAssignee, translate: Translate): Block[] {
  const { form } = model.action
  if (form !== null) return formInWriting(model, form, form.questions, translate)
  const choices = cleanChoices(model)
  const words = choices.map(({ label, replyWord }) => ({ word: replyWord, label }))
  const comments = choices.some((choice) => choice.commentRule !== 'none')
  const key = comments ? 'mails:answer.by-word-with-comment' : 'mails:answer.by-word'
  const list = wordList(words, model.recipient.locale, translate)
  return [{ kind: 'paragraph', text: translate(key, { words: list }) }]
}

function cleanChoices(model: ToAssignee): ChoiceFacts[] {
  return model.action.choices.slice(0, MAX_CHOICES).map((choice) => ({
    ...choice,
    label: plainLine(choice.label, MAX_WORD),
    replyWord: plainLine(choice.replyWord, MAX_WORD),
  }))
}
