import type { Locale } from '../lib/translate.ts'

/** More than any browser sends. */
const MAX_LENGTH = 200

/** The language of ours that an `Accept-Language` header (RFC 9110, 12.5.4) prefers; English when none is named. */
export function chooseLocale(header: string | undefined): Locale {
  const ranked = (header ?? '')
    .slice(0, MAX_LENGTH)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
      return { language: range.split('-')[0], quality: Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
  return ranked.find(({ language }) => language === 'fr' || language === 'en')?.language === 'fr'
    ? 'fr'
    : 'en'
}
