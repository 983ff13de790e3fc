import type { Translate } from '../../lib/translate.ts'
import { type InvalidReason, invalidTextLength } from '../../replies/reading.ts'
import { answerForm } from './answer-form.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { AskedBackModel, FormFacts, RestFacts } from './mail-model.ts'
import { plainLine } from './plain-text.ts'
import { furtherQuestion, questionBlock } from './question-blocks.ts'
import { choiceButtons, formInWriting, formLink } from './several-questions.ts'

/** Part of an answer to several questions is kept: what was understood, what lacks and why, and a form for the rest. */
export function askedForRest(
  model: AskedBackModel,
  form: FormFacts,
  rest: RestFacts,
  translate: Translate,
): MailContent {
  const rows = rest.kept.map(({ label, value }) => ({ label, value: plainLine(value, 500) }))
  return {
    subjectPrefix: translate('mails:asked-for-rest.subject'),
    lead: translate('mails:asked-for-rest.lead'),
    blocks: [
      { kind: 'paragraph', text: translate('mails:asked-for-rest.kept') },
      { kind: 'table', rows },
      ...whatLacks(model, form, rest, translate),
      ...howToAnswer(model, form, rest, translate),
    ],
  }
}

function whatLacks(model: AskedBackModel, form: FormFacts, rest: RestFacts, translate: Translate): Block[] {
  const asked = form.questions.filter(({ id }) => rest.asked.includes(id))
  const questions = asked.flatMap((question): Block[] => {
    const [text, ...hint] = question.decides
      ? [questionBlock(question)]
      : furtherQuestion(question, model, translate)
    return text ? [text, ...whatWasWrong(question.id, rest, translate), ...hint] : []
  })
  const choice = model.action.choices.find(({ result }) => result === rest.result)
  const label = plainLine(choice?.label ?? '', 60)
  return [
    ...(questions.length === 0
      ? []
      : [{ kind: 'paragraph' as const, text: translate('mails:asked-for-rest.lacks') }, ...questions]),
    ...(rest.comment
      ? [{ kind: 'paragraph' as const, text: translate('mails:asked-for-rest.comment', { label }) }]
      : []),
  ]
}

function whatWasWrong(id: string, { problems }: RestFacts, translate: Translate): Block[] {
  const problem = problems[id]
  if (problem === undefined) return []
  const [one, other] = problem.meanings
  const values = { text: plainLine(problem.text, invalidTextLength) }
  // Of an ambiguous one without two meanings, as of what is said of whole messages only, it is all that is known.
  const key = told.find((reason) => reason === problem.reason) ?? 'not-an-answer'
  if (problem.reason === 'typo' && one !== undefined) {
    return [{ kind: 'paragraph', text: translate('mails:asked-for-rest.problem.typo', { answer: one }) }]
  }
  const text =
    problem.reason === 'ambiguous' && one !== undefined && other !== undefined
      ? translate('mails:asked-for-rest.problem.ambiguous', { ...values, one, other })
      : translate(`mails:asked-for-rest.problem.${key}`, values)
  return [{ kind: 'paragraph', text }]
}

/** What may be wrong with a single answer, beside that it can mean two things. */
const told: readonly InvalidReason[] = [
  'wrong-currency',
  'too-precise',
  'out-of-range',
  'impossible-date',
  'relative-date',
  'too-long',
  'negated',
  'conditional',
  'question',
  'contradictory',
  'future',
]

/** One button per choice while the question that decides lacks, otherwise one for the rest. */
function howToAnswer(model: AskedBackModel, form: FormFacts, rest: RestFacts, translate: Translate): Block[] {
  const asked = form.questions.filter(({ id }) => rest.asked.includes(id))
  const written = asked.length === 0 ? [] : formInWriting(model, form, asked, translate)
  if (rest.result === null) {
    return [choiceButtons(model, form, asked, model.action.choices, translate), ...written]
  }
  const choice = model.action.choices.find(({ result }) => result === rest.result)
  const deciding = form.questions.filter(({ decides }) => decides)
  const answers = Object.fromEntries(deciding.map(({ id }) => [id, choice?.replyWord ?? '']))
  // Of a comment alone, the answer that it belongs to is written again: an empty reply would look like a mistake.
  const lines =
    asked.length === 0
      ? answerForm(form, deciding, answers, translate)
      : answerForm(form, asked, {}, translate)
  const label = translate(
    asked.length === 0 ? 'mails:asked-for-rest.button-comment' : 'mails:asked-for-rest.button',
  )
  return [{ kind: 'buttons', buttons: [{ label, href: formLink(model, lines) }] }, ...written]
}
