import { checkAssignees, type Directory } from './check-assignees.ts'
import { checkDefinition } from './check-definition.ts'
import { checkShape } from './check-shape.ts'
import { type DefinitionFormat, definitionFormat } from './definition-format.ts'
import { hasErrors, MAX_PROBLEMS, type Problem } from './problem.ts'
import type {
  Assignee,
  Field,
  LocalText,
  ProcessDefinition,
  QuestionChoice,
  Step,
  Transition,
} from './process.ts'
import { readYaml } from './read-yaml.ts'

/** A definition of 50 steps has some 60 KiB. */
const MAX_BYTES = 256 * 1024

/** `definition` is null when one of the problems is an error; warnings may stand beside a definition. */
export interface DefinitionReading {
  definition: ProcessDefinition | null
  problems: Problem[]
}

/**
 * Reads a process definition from YAML or JSON and checks it. With a directory, the people and groups that its steps
 * name must be in it. Never throws; at most `MAX_PROBLEMS` problems, each with its line.
 */
export function readDefinition(text: string, directory: Directory | null = null): DefinitionReading {
  const source = readYaml(text, MAX_BYTES)
  if (source.problems.length > 0) return { definition: null, problems: source.problems }
  const shape = checkShape(definitionFormat, source.value)
  if (shape.data === null) return { definition: null, problems: source.locate(shape.findings) }

  const definition = toDefinition(shape.data)
  const findings = [
    ...checkDefinition(definition),
    ...(directory === null ? [] : checkAssignees(definition, directory)),
  ].slice(0, MAX_PROBLEMS)
  return { definition: hasErrors(findings) ? null : definition, problems: source.locate(findings) }
}

type StepFormat = DefinitionFormat['steps'][number]
type ChoiceFormat = StepFormat['question']['choices'][number]

function toDefinition(format: DefinitionFormat): ProcessDefinition {
  return {
    name: format.name,
    title: toText(format.title),
    description: format.description === undefined ? null : toText(format.description),
    requestTitle: toText(format.requestTitle),
    fields: format.fields.map((field) => toField(field, format.steps)),
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
  const choices = steps.flatMap(({ question }) => (question.returnField === field ? question.choices : []))
  const labels = new Map(choices.map(({ result, label }) => [result, label]))
  return labels.size === 0 ? undefined : [...labels].map(([value, label]) => ({ value, label }))
}

function toStep(step: StepFormat, endings: DefinitionFormat['endings']): Step {
  const { text, returnField, choices } = step.question
  return {
    name: step.name,
    title: toText(step.title),
    assignee: toAssignee(step.assignee),
    question: { text: toText(text), returnField, choices: choices.map(toChoice) },
    transitions: Object.fromEntries(
      choices.flatMap(({ result, next }) =>
        next === undefined ? [] : [[result, toTransition(next, endings)]],
      ),
    ),
    requesterMayApprove: step.requesterMayApprove,
    dueAfterDays: step.dueAfterDays ?? null,
  }
}

function toAssignee(assignee: StepFormat['assignee']): Assignee {
  if (assignee === 'manager') return { kind: 'manager' }
  if ('person' in assignee) return { kind: 'person', address: assignee.person }
  if ('group' in assignee) return { kind: 'group', name: assignee.group }
  return { kind: 'field', field: assignee.field }
}

function toChoice(choice: ChoiceFormat): QuestionChoice {
  const { result, label, comment, keywords } = choice
  const english = Array.isArray(keywords) ? keywords : keywords.en
  const french = Array.isArray(keywords) ? [] : (keywords.fr ?? [])
  return {
    result,
    label: toText(label),
    keywords: [...english, ...french],
    replyWord: { en: english[0] ?? french[0] ?? result, fr: french[0] },
    comment,
  }
}

/** Steps and endings share their names' space (a rule sees to it), so that authors write just the name. */
function toTransition(target: string, endings: DefinitionFormat['endings']): Transition {
  return Object.hasOwn(endings, target) ? { to: 'end', ending: target } : { to: 'action', step: target }
}
