import { AppError } from '../lib/app-error.ts'
import { inBothLanguages, type Translate } from '../lib/translate.ts'

/** The error for one field; `problem` is a key below `errors:problem`. */
export function refusedSetting(path: string, problem: string, values?: Parameters<Translate>[1]): AppError {
  const message = inBothLanguages(`errors:problem.${problem}`, values)
  return new AppError('invalid-settings', {}, { problems: [{ path, message }] })
}
