import type { IncomingMessage } from 'node:http'
import { english, type Words } from './english.ts'
import { french } from './french.ts'

/** The languages of the pages. */
export type Language = 'en' | 'fr'

export const catalogues: Readonly<Record<Language, Words>> = { en: english, fr: french }

const cookieName = 'webmail-language'

/** The language a reader chose before, or else the best of Accept-Language (RFC 9110 section 12.5.4), or English. */
export function chooseLanguage({ headers }: IncomingMessage): Language {
  const chosen = new RegExp(`(?:^|;\\s*)${cookieName}=(en|fr)(?:;|$)`).exec(headers.cookie ?? '')?.[1]
  return (chosen as Language | undefined) ?? preferredLanguage(headers['accept-language'] ?? '')
}

/** The Set-Cookie value that remembers a choice for a year, or null when it is no language of ours. */
export function languageCookie(language: string): string | null {
  if (!Object.hasOwn(catalogues, language)) return null
  return `${cookieName}=${language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
}

function preferredLanguage(header: string): Language {
  const ranked = header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
      const quality = parameters
        .map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1])
        .find((q) => q !== undefined)
      return { language: tag.split('-')[0] ?? '', quality: Number(quality ?? 1) }
    })
    .filter(({ language, quality }) => Object.hasOwn(catalogues, language) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return (ranked[0]?.language as Language | undefined) ?? 'en'
}
