import type { Answer } from '../http/answer.ts'
import { isSameOrigin } from '../http/is-same-origin.ts'
import { readForm } from '../http/read-form.ts'
import { problemPage } from '../pages/problem-page.ts'
import type { Call } from './route.ts'

/** The form our own page posted, or the answer that refuses it. */
export async function readOwnForm(call: Call): Promise<{ form: URLSearchParams } | { refusal: Answer }> {
  const { request, words } = call
  if (!isSameOrigin(request))
    return { refusal: problemPage(call, 403, words.foreignFormTitle, words.foreignForm) }
  const form = await readForm(request)
  return form === null ? { refusal: problemPage(call, 413, words.tooLargeTitle, words.tooLarge) } : { form }
}

/** A text field as typed: browsers send its line ends as CRLF. */
export function typedText(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').replace(/\r\n?/g, '\n')
}
