import { type Finding, MAX_PROBLEMS } from './problem.ts'
import type { ProcessDefinition } from './process.ts'
import { assigneeFieldUsable } from './rules/assignee-rules.ts'
import { currencyFits, namesUnique, optionsFit, personFits } from './rules/field-rules.ts'
import { keywordsApart, keywordsCount, keywordsUsable } from './rules/keyword-rules.ts'
import {
  requiredResultsKnown,
  returnFieldFits,
  returnFieldsApart,
  returnFieldsApartInStep,
  returnFieldsUsed,
} from './rules/return-field-rules.ts'
import { titleFieldsKnown, titleWellFormed } from './rules/title-rules.ts'
import {
  endingsUsed,
  resultsUnique,
  stepsHaveWayOut,
  stepsReachable,
  transitionsComplete,
  transitionsKnown,
} from './rules/transition-rules.ts'

/** One thing that must hold over the parts of a definition. Paths are those of the authoring format. */
export type Rule = (definition: ProcessDefinition) => Finding[]

const rules: Rule[] = [
  namesUnique,
  optionsFit,
  currencyFits,
  personFits,
  titleWellFormed,
  titleFieldsKnown,
  assigneeFieldUsable,
  keywordsCount,
  keywordsUsable,
  keywordsApart,
  resultsUnique,
  transitionsComplete,
  transitionsKnown,
  stepsReachable,
  stepsHaveWayOut,
  endingsUsed,
  returnFieldFits,
  returnFieldsApartInStep,
  returnFieldsApart,
  returnFieldsUsed,
  requiredResultsKnown,
]

/** What is wrong with a definition of the right shape. Without errors it can be run: no request of it gets stuck. */
export function checkDefinition(definition: ProcessDefinition): Finding[] {
  return rules.flatMap((rule) => rule(definition)).slice(0, MAX_PROBLEMS)
}
