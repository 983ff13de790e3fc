import { checkAssignees, type Directory } from './check-assignees.ts'
import { checkDefinition } from './check-definition.ts'
import { checkShape } from './check-shape.ts'
import { definitionFormat } from './definition-format.ts'
import { hasErrors, MAX_PROBLEMS, type Problem } from './problem.ts'
import type { ProcessDefinition } from './process.ts'
import { readYaml } from './read-yaml.ts'
import { toDefinition } from './to-definition.ts'
import { asWritten, checkWrittenQuestions } from './written-questions.ts'

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

  const misplaced = checkWrittenQuestions(shape.data).slice(0, MAX_PROBLEMS)
  if (misplaced.length > 0) return { definition: null, problems: source.locate(misplaced) }

  const definition = toDefinition(shape.data)
  const findings = [
    ...checkDefinition(definition),
    ...(directory === null ? [] : checkAssignees(definition, directory)),
  ].slice(0, MAX_PROBLEMS)
  const problems = source.locate(findings.map((finding) => asWritten(finding, shape.data)))
  return { definition: hasErrors(findings) ? null : definition, problems }
}
