import { useTranslation } from 'react-i18next'
import type { components } from '../api/schema.ts'

export type LocalText = components['schemas']['LocalText']

/** Chooses the reader's language of a text that a process defines; English where it has no other. */
export function useLocalText(): (text: LocalText) => string {
  const { i18n } = useTranslation()
  return (text) => (i18n.language === 'fr' ? (text.fr ?? text.en) : text.en)
}
