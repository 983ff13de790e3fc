import { AppError } from '../lib/app-error.ts'
import { inBothLanguages } from '../lib/translate.ts'

/** The error for one field; `problem` is a key below `errors:problem`. */
export function refusedSetting(path: string, problem: string): AppError {
  const message = inBothLanguages(`errors:problem.${problem}`)
  return new AppError('invalid-settings', {}, { problems: [{ path, message }] })
}
