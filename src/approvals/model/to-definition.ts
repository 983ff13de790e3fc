import type { DefinitionFormat } from './definition-format.ts'
import type {
  AnswerChoice,
  Assignee,
  Delegation,
  Field,
  FurtherQuestion,
  LocalText,
  ProcessDefinition,
  Step,
  Transition,
} from './process.ts'
import { isDeciding, type QuestionFormat, questionsIn, type StepFormat } from './written-questions.ts'

/** The definition that people have written, each step of which has one question that decides. */
export function toDefinition(format: DefinitionFormat): ProcessDefinition {
  return {
    name: format.name,
    title: toText(format.title),
    description: format.description === undefined ? null : toText(format.description),
    requestTitle: toText(format.requestTitle),
    fields: format.fields.map((field) => toField(field, format.steps)),
    attachments: format.attachments,
    steps: format.steps.map((step) => toStep(step, format.endings)),
    endings: Object.fromEntries(Object.entries(format.endings).map(([name, text]) => [name, toText(text)])),
  }
}

function toText(text: string | LocalText): LocalText {
  return typeof text === 'string' ? { en: text } : text
}

function toField(field: DefinitionFormat['fields'][number], steps: StepFormat[]): Field {
  const options = field.options ?? (field.type === 'choice' ? resultsFor(field.name, steps) : undefined)
  return {
    ...field,
    label: toText(field.label),
    options: options?.map(({ value, label }) => ({ value, label: toText(label) })),
  }
}

/** The options of a return field are the results of its questions, so nobody writes them twice. */
function resultsFor(field: string, steps: StepFormat[]) {
  const choices = steps
    .flatMap(questionsIn)
    .flatMap((question) => (question.returnField === field ? (question.choices ?? []) : []))
  const labels = new Map(choices.map(({ result, label }) => [result, label]))
  return labels.size === 0 ? undefined : [...labels].map(([value, label]) => ({ value, label }))
}

function toStep(step: StepFormat, endings: DefinitionFormat['endings']): Step {
  const questions = questionsIn(step).map((question, index) => ({ id: `Q${index + 1}`, question }))
  const deciding = questions.find(({ question }) => isDeciding(question, step))
  if (deciding === undefined) throw new Error(`no question of step ${step.name} decides`)
  const { id, question } = deciding
  const choices = question.choices ?? []
  return {
    name: step.name,
    title: toText(step.title),
    assignee: toAssignee(step.assignee),
    question: {
      id,
      text: toText(question.text),
      returnField: question.returnField,
      choices: choices.map((choice) => ({ ...toChoice(choice), comment: choice.comment ?? 'optional' })),
    },
    furtherQuestions: questions
      .filter((other) => other !== deciding)
      .map((other) =>
        toFurther(
          other,
          choices.map(({ result }) => result),
        ),
      ),
    brackets: step.brackets,
    transitions: Object.fromEntries(
      choices.flatMap(({ result, next }) =>
        next === undefined ? [] : [[result, toTransition(next, endings)]],
      ),
    ),
    requesterMayApprove: step.requesterMayApprove,
    delegation: toDelegation(step.delegation),
    dueAfterDays: step.dueAfterDays ?? null,
  }
}

function toFurther(
  { id, question }: { id: string; question: QuestionFormat },
  results: string[],
): FurtherQuestion {
  const { text, returnField, choices = [], required = true } = question
  return {
    id,
    text: toText(text),
    returnField,
    choices: choices.map(toChoice),
    requiredFor: typeof required === 'boolean' ? (required ? results : []) : required,
  }
}

function toAssignee(assignee: StepFormat['assignee']): Assignee {
  if (assignee === 'manager') return { kind: 'manager' }
  if ('person' in assignee) return { kind: 'person', address: assignee.person }
  if ('group' in assignee) return { kind: 'group', name: assignee.group }
  return { kind: 'field', field: assignee.field }
}

function toDelegation(delegation: StepFormat['delegation']): Delegation {
  return typeof delegation === 'string' ? { kind: delegation } : { kind: 'group', name: delegation.group }
}

function toChoice(choice: NonNullable<QuestionFormat['choices']>[number]): AnswerChoice {
  const { result, label, keywords } = choice
  const english = Array.isArray(keywords) ? keywords : keywords.en
  const french = Array.isArray(keywords) ? [] : (keywords.fr ?? [])
  return {
    result,
    label: toText(label),
    keywords: [...english, ...french],
    replyWord: { en: english[0] ?? french[0] ?? result, fr: french[0] },
  }
}

/** Steps and endings share their names' space (a rule sees to it), so that authors write just the name. */
function toTransition(target: string, endings: DefinitionFormat['endings']): Transition {
  return Object.hasOwn(endings, target) ? { to: 'end', ending: target } : { to: 'action', step: target }
}
