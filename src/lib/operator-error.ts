import type { FieldProblem } from './app-error.ts'
import type texts from './locales/en/operator.json'
import { type Locale, translator } from './translate.ts'

/** The texts under `operator:` but for the group of what is wrong with a variable. */
type OperatorErrorCode = Exclude<keyof typeof texts, 'variable'>

/**
 * Something that the operator must mend before Countersign can start or go on. The text says what and how; it is
 * shown alone, without a stack. `message` is all of it in English, for logs.
 */
export class OperatorError extends Error {
  readonly code: OperatorErrorCode
  /** Values for the text; never a credential. */
  readonly values: Record<string, string | number>
  readonly problems: FieldProblem[]

  constructor(
    code: OperatorErrorCode,
    values: Record<string, string | number> = {},
    options: ErrorOptions & { problems?: FieldProblem[] } = {},
  ) {
    const problems = options.problems ?? []
    const lines = problems.map(({ path, message }) => `- ${path} ${message.en}`)
    super([textOf(code, values, 'en'), ...lines].join('\n'), options)
    this.name = 'OperatorError'
    this.code = code
    this.values = values
    this.problems = problems
  }

  /** Without the problems, which have their own texts. */
  text(locale: Locale): string {
    return textOf(this.code, this.values, locale)
  }
}

function textOf(code: OperatorErrorCode, values: Record<string, string | number>, locale: Locale): string {
  return translator(locale)(`operator:${code}`, values)
}
