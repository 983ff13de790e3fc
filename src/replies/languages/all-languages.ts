import { type Phrases, phrasesFrom } from '../phrases.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { DeepLanguage, Language, PlainLanguage } from './language.ts'

export const deepLanguages: DeepLanguage[] = [en, fr]

const plainLanguages: PlainLanguage[] = []

export const languages: Language[] = [...deepLanguages, ...plainLanguages]

/**
 * The phrases of all languages together. People answer in whatever language they think in, so a doubt or a signature is
 * known in every language; only the answer words are looked up in the approver's own language first.
 */
export const anyLanguage = {
  ...inDeep(
    'acknowledgements',
    'complements',
    'pleases',
    'negations',
    'hedges',
    'limits',
    'scopes',
    'futures',
  ),
  ...inDeep('retractions', 'withdrawals', 'reservations', 'questions', 'writers', 'perfects', 'deferrals'),
  ...inDeep('assents', 'favourable', 'unfavourable'),
  conditions: phrases([
    ...deepLanguages.flatMap(({ conditions }) => conditions),
    ...plainLanguages.flatMap(({ doubts }) => doubts),
  ]),
  idioms: phrases(deepLanguages.flatMap(({ idioms, assents }) => [...idioms, ...assents])),
  greetings: inAll((language) => language.greetings),
  thanks: inAll((language) => language.thanks),
  closings: inAll((language) => language.closings),
  attributionStarts: inAll((language) => language.attribution.starts),
  attributionVerbs: inAll((language) => language.attribution.verbs),
  originalMessages: inAll((language) => language.originalMessages),
  deviceSignatures: inAll((language) => language.deviceSignatures),
  banners: inAll((language) => language.banners),
  disclaimers: inAll((language) => language.disclaimers),
  outOfOfficeSubjects: inAll((language) => language.subjects.outOfOffice),
  calendarSubjects: inAll((language) => language.subjects.calendar),
}

/** The lists of this name in every deep language. */
function inDeep<Name extends keyof Lists>(...names: Name[]): Record<Name, Phrases<true>> {
  const found = names.map((name) => [name, phrases(deepLanguages.flatMap((language) => language[name]))])
  return Object.fromEntries(found)
}

type Lists = {
  [Name in keyof DeepLanguage as DeepLanguage[Name] extends string[] ? Name : never]: DeepLanguage[Name]
}

function inAll(phrasesOf: (language: Language) => string[]): Phrases<true> {
  return phrases(languages.flatMap(phrasesOf))
}

function phrases(texts: string[]): Phrases<true> {
  return phrasesFrom(texts.map((text) => [text, true] as const))
}
