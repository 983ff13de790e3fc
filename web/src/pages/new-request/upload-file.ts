import { keptCsrf } from '../../api/csrf.ts'
import { ProblemError, problemIn } from '../../api/problem-error.ts'
import type { components } from '../../api/schema.ts'
import { currentLanguage } from '../../app/language.ts'

/**
 * Uploads a file as a draft of whoever is signed in, and tells its id. `onProgress` hears which share of it has gone out,
 * from 0 to 1: XMLHttpRequest tells that, `fetch` does not. Throws `ProblemError`, and an `Error` when there is no
 * answer.
 */
export function uploadFile(
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<string> {
  const call = new XMLHttpRequest()
  call.open('POST', `/api/files?name=${encodeURIComponent(file.name)}`)
  call.setRequestHeader('accept-language', currentLanguage())
  call.setRequestHeader('content-type', file.type || 'application/octet-stream')
  const csrf = keptCsrf()
  if (csrf !== null) call.setRequestHeader('x-countersign-csrf', csrf)
  call.responseType = 'json'
  call.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
  signal.addEventListener('abort', () => call.abort())
  return new Promise((resolve, reject) => {
    call.onload = () => {
      if (call.status === 201) return resolve((call.response as components['schemas']['File']).id)
      const problem = problemIn(call.response)
      return reject(problem === null ? new Error(`HTTP ${call.status}`) : new ProblemError(problem))
    }
    call.onerror = () => reject(new Error('no answer'))
    call.onabort = () => reject(signal.reason)
    call.send(file)
  })
}
