import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['en', 'fr'] as const
export type Language = (typeof languages)[number]

/** Each in its own words, so that who cannot read the page finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français' }

const KEY = 'countersign-language'

/** A file for each page in each language: nobody loads the texts of a page that is not looked at. */
const catalogues = import.meta.glob<object>('../locales/*/*.json', { import: 'default' })

/** Starts with the language chosen before, else the browser's, else English. Resolves when the first texts are there. */
export async function startLanguage(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18next
    .use({
      type: 'backend' as const,
      read: (language: string, namespace: string) => {
        const load = catalogues[`../locales/${language}/${namespace}.json`]
        if (!load) throw new Error(`no texts ${namespace} in ${language}`)
        return load()
      },
    })
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      ns: ['shell', ...ofFirstPage()],
      defaultNS: 'shell',
      // A text in the wrong language would hide the gap.
      fallbackLng: false,
      // React escapes.
      interpolation: { escapeValue: false },
    })
}

/** The texts of the page that is asked for, where it is named as they are: they come together with those of the frame. */
function ofFirstPage(): string[] {
  const page = window.location.pathname.split('/')[1] ?? ''
  return `../locales/en/${page}.json` in catalogues ? [page] : []
}

export function currentLanguage(): Language {
  return i18next.language === 'fr' ? 'fr' : 'en'
}

/** Switches the pages, and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language)
  await i18next.changeLanguage(language)
}

function chosenLanguage(): Language {
  const kept = localStorage.getItem(KEY)
  const wished = [kept ?? '', ...navigator.languages].map((one) => one.slice(0, 2).toLowerCase())
  return languages.find((language) => language === wished.find((one) => one === 'en' || one === 'fr')) ?? 'en'
}
