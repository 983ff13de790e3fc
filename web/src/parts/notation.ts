import { useTranslation } from 'react-i18next'

/**
 * The locale that dates and numbers are written in: the reader's own among those of the language that the pages have, so
 * that an English reader in Dublin does not get American dates.
 */
export function useNotation(): string {
  const { i18n } = useTranslation()
  const own = navigator.languages.find((locale) => locale.startsWith(`${i18n.language}-`))
  return own ?? (i18n.language === 'fr' ? 'fr-FR' : 'en-GB')
}
