import type { WebmailBackend } from '../backend.ts'
import type { Language } from '../words/choose-language.ts'
import type { Words } from '../words/english.ts'

/** What every page needs to know about the request it answers. `path` and `query` are those of the request. */
export type Visit = {
  readonly backend: WebmailBackend
  readonly language: Language
  readonly words: Words
  readonly path: string
  readonly query: URLSearchParams
}
