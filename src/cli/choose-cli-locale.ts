import type { Locale } from '../lib/translate.ts'

/** The language of the terminal (POSIX, 8.2: LC_ALL, then LC_MESSAGES, then LANG): French for `fr…`, else English. */
export function chooseCliLocale(environment: Record<string, string | undefined>): Locale {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return /^fr(?![a-z])/i.test(locale) ? 'fr' : 'en'
}
