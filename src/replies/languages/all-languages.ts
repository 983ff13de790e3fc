import { type Phrases, phrasesFrom } from '../phrases.ts'
import { ar } from './ar.ts'
import { bg } from './bg.ts'
import { ca } from './ca.ts'
import { cs } from './cs.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { el } from './el.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { hr } from './hr.ts'
import { hu } from './hu.ts'
import { id } from './id.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { DeepLanguage, Language, PlainLanguage } from './language.ts'
import { nb } from './nb.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { ru } from './ru.ts'
import { sk } from './sk.ts'
import { sv } from './sv.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'
import { vi } from './vi.ts'
import { zh } from './zh.ts'

export const deepLanguages: DeepLanguage[] = [en, fr, de, es, it, nl, pt, pl]

const plainLanguages: PlainLanguage[] = [
  sv,
  da,
  nb,
  fi,
  cs,
  sk,
  tr,
  ru,
  uk,
  bg,
  el,
  hu,
  ro,
  hr,
  ca,
  vi,
  id,
  he,
  ar,
  ja,
  zh,
  ko,
]

export const languages: Language[] = [...deepLanguages, ...plainLanguages]

export function isPlain(language: Language): language is PlainLanguage {
  return 'doubts' in language
}

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
  ...inDeep('assents', 'refusals', 'favourable', 'unfavourable'),
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

const localDoubts = plainLanguages.map((language) => ({
  answers: phrases([...language.yes, ...language.no]),
  doubts: language.localDoubts,
}))

/** Words of doubt that count only beside this answer word, folded, because of the languages that it belongs to. */
export function doubtsBesideWord(key: string): Phrases<true> | null {
  const words = localDoubts.flatMap(({ answers, doubts }) => (answers.entries.has(key) ? doubts : []))
  return words.length === 0 ? null : phrases(words)
}

function inAll(phrasesOf: (language: Language) => string[]): Phrases<true> {
  return phrases(languages.flatMap(phrasesOf))
}

function phrases(texts: string[]): Phrases<true> {
  return phrasesFrom(texts.map((text) => [text, true] as const))
}
