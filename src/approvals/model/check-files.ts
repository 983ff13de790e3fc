import { AppError } from '../../lib/app-error.ts'
import { FILES_LIMIT, inMegabytes, MOST_FILES } from './file-limits.ts'
import type { ProcessDefinition } from './process.ts'

/**
 * Whether a request of this process may be made with these files. Throws `files-not-allowed`, `file-required`,
 * `files-too-many`, `files-too-large`.
 */
export function checkFiles(definition: ProcessDefinition, files: readonly { size: number }[]): void {
  const process = definition.name
  if (definition.attachments === 'none' && files.length > 0) {
    throw new AppError('files-not-allowed', { process })
  }
  if (definition.attachments === 'required' && files.length === 0) {
    throw new AppError('file-required', { process })
  }
  if (files.length > MOST_FILES) throw new AppError('files-too-many', { limit: String(MOST_FILES) })
  const together = files.reduce((sum, { size }) => sum + size, 0)
  if (together > FILES_LIMIT) throw new AppError('files-too-large', { limit: inMegabytes(FILES_LIMIT) })
}
