import type { Translate } from '../../lib/translate.ts'
import { answerForm } from './answer-form.ts'
import { answerLink } from './answer-link.ts'
import { answerPlace } from './answer-place.ts'
import { commentedChoices } from './commented-choices.ts'
import type { Block } from './mail-content.ts'
import type { ChoiceFacts, FormFacts, QuestionFacts, ToAssignee } from './mail-model.ts'
import { furtherQuestion, questionBlock } from './question-blocks.ts'
import { subjectLine } from './subject-line.ts'
import { wordList } from './word-list.ts'

/**
 * The question that decides with one button per choice, then the others. A button opens a reply with the form in it: the
 * choice is filled in, and the lines are those that go with it. Where none of them is needed it is answered in one tap.
 */
export function severalQuestions(
  model: ToAssignee,
  form: FormFacts,
  choices: ChoiceFacts[],
  translate: Translate,
): Block[] {
  const [deciding] = form.questions.filter(({ decides }) => decides)
  return [
    ...(deciding ? [questionBlock(deciding)] : []),
    choiceButtons(model, form, form.questions, choices, translate),
    { kind: 'note', text: translate('mails:form.fill-in') },
    ...commentedChoices(choices, 'form', model, translate),
    ...form.questions
      .filter(({ decides }) => !decides)
      .flatMap((question) => furtherQuestion(question, model, translate)),
  ]
}

/** One button per choice. Of `questions`, each form has those that the choice may need. */
export function choiceButtons(
  model: ToAssignee,
  form: FormFacts,
  questions: QuestionFacts[],
  choices: ChoiceFacts[],
  translate: Translate,
): Block {
  const buttons = choices.map(({ result, label, replyWord }) => {
    const asked = questions.filter(
      ({ decides, requiredFor }) => decides || requiredFor.length === 0 || requiredFor.includes(result),
    )
    const answers = Object.fromEntries(
      asked.filter(({ decides }) => decides).map(({ id }) => [id, replyWord]),
    )
    return { label, href: formLink(model, answerForm(form, asked, answers, translate)) }
  })
  return { kind: 'buttons', buttons }
}

/** Opens a reply with these lines in it. */
export function formLink(model: ToAssignee, lines: string[]): string {
  const { replyTo, tag } = answerPlace(model)
  return answerLink({
    to: replyTo,
    subject: subjectLine({ prefix: '', ...model.request, tag: null }),
    tag,
    lines,
  })
}

/** How to answer these questions by writing. */
export function formInWriting(
  model: ToAssignee,
  form: FormFacts,
  questions: QuestionFacts[],
  translate: Translate,
): Block[] {
  const { choices } = model.action
  const words = choices.map(({ label, replyWord }) => ({ word: replyWord, label }))
  const list = wordList(words, model.recipient.locale, translate)
  const notes = questions
    .filter(({ decides }) => decides)
    .map(({ id }) => translate('mails:form.deciding', { id, words: list }))
  if (choices.some(({ commentRule }) => commentRule !== 'none')) notes.push(translate('mails:form.comment'))
  return [
    { kind: 'paragraph', text: translate('mails:form.by-lines') },
    { kind: 'form', lines: answerForm(form, questions, {}, translate) },
    ...(notes.length === 0 ? [] : [{ kind: 'note' as const, text: notes.join(' ') }]),
  ]
}
