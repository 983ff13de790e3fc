import { gatheredPhrases, type Phrases, phraseKey, phrasesFrom, withPlace } from '../phrases.ts'
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

/** Phrases with the languages that have them. */
export type LanguagePhrases = Phrases<string[]>

export function isPlain(language: Language): language is PlainLanguage {
  return 'doubts' in language
}

/** The same languages are the same array: two hundred thousand of them would take as many megabytes as the phrases. */
const withOthers = new Map<string, string[]>()

/** Said with a smile, and nothing more; `🙄` and `🤔` say something else. */
const smiles = Array.from('🙂😊😀😃😄😁☺😉🥳🎉🙏🙌👏💪🚀🟢❤🏖✈🌞☀🤝👌🥂🍀')

/**
 * The phrases of all languages together. People answer in whatever language they think in, so a doubt or a signature is
 * known in every language; only the answer words are looked up in the approver's own language first.
 */
export const anyLanguage = {
  ...inDeep(
    'acknowledgements',
    'noticings',
    'complements',
    'leads',
    'prefaces',
    'pleases',
    'negations',
    'hedges',
    'limits',
    'pointers',
    'scopes',
    'futures',
    'notYet',
    'harmless',
    'remarks',
    'matters',
    'ofWhom',
    'determiners',
  ),

  ...inDeep(
    'reopenings',
    'reports',
    'retractions',
    'withdrawals',
    'reservations',
    'questions',
    'writers',
    'perfects',
    'deferrals',
  ),
  ...inDeep('assents', 'refusals', 'regrets', 'favourable'),
  unfavourable: sharedOf(deepLanguages, ({ unfavourable, regrets }) => [...unfavourable, ...regrets]),
  conditions: sharedOf(languages, conditionsOf),
  /** Those of several words, which may hold an answer. */
  longConditions: sharedOf(languages, (language) => conditionsOf(language).filter(isOfSeveralWords)),
  longLimits: sharedOf(deepLanguages, ({ limits }) => limits.filter(isOfSeveralWords)),
  idioms: sharedOf(deepLanguages, ({ idioms, assents }) => [...idioms, ...assents]),
  /** Idioms that go with a no as well. */
  asides: sharedOf(deepLanguages, ({ idioms }) => idioms),
  greetings: inAll((language) => language.greetings),
  thanks: sharedOf(languages, ({ locale, thanks }) => (locale === 'en' ? [...thanks, ...smiles] : thanks)),
  closings: inAll((language) => language.closings),
  attributionStarts: inAll((language) => language.attribution.starts),
  attributionVerbs: inAll((language) => language.attribution.verbs),
  originalMessages: inAll((language) => language.originalMessages),
  deviceSignatures: inAll((language) => language.deviceSignatures),
  banners: inAll((language) => language.banners),
  disclaimers: inAll((language) => language.disclaimers),
  automaticSubjects: inAll((language) => language.subjects.automatic),
  awaySubjects: inAll((language) => language.subjects.away),
  calendarSubjects: inAll((language) => language.subjects.calendar),
  programSubjects: inAll(({ subjects: { away, calendar, receipt } }) => [...away, ...calendar, ...receipt]),
  receiptSubjects: inAll((language) => language.subjects.receipt),
  declarations: sharedOf(deepLanguages, ({ automaticMail }) => automaticMail.declarations),
  notices: sharedOf(deepLanguages, ({ automaticMail }) => automaticMail.notices),
  receipts: sharedOf(deepLanguages, ({ automaticMail }) => automaticMail.receipts),
  reactions: sharedOf(deepLanguages, ({ automaticMail }) => automaticMail.reactions),
  contacts: sharedOf(deepLanguages, ({ automaticMail }) => automaticMail.contacts),
}

/** The lists of this name in every deep language. */
function inDeep<Name extends keyof Lists>(...names: Name[]): Record<Name, LanguagePhrases> {
  const found = names.map((name) => [name, sharedOf(deepLanguages, (language) => language[name])])
  return Object.fromEntries(found)
}

type Lists = {
  [Name in keyof DeepLanguage as DeepLanguage[Name] extends string[] ? Name : never]: DeepLanguage[Name]
}

function conditionsOf(language: Language): string[] {
  return isPlain(language) ? language.doubts : language.conditions
}

function isOfSeveralWords(phrase: string): boolean {
  return phraseKey(phrase).includes(' ')
}

const localDoubts = plainLanguages.map((language) => ({
  language,
  answers: new Set([...language.yes, ...language.no].map(phraseKey)),
}))

/** What each deep language calls that which is asked for, with what stands before it. */
export const requestWords = deepLanguages.map(
  ({ locale, requestPrepositions, determiners, requestNouns }) => ({
    /** Polish has no articles: `zatwierdzam fakturę`. */
    hasArticles: locale !== 'pl',
    prepositions: wordsFrom(requestPrepositions),
    determiners: wordsFrom(determiners),
    nouns: wordsFrom(requestNouns),
  }),
)

function wordsFrom(words: string[]): Phrases<true> {
  return withPlace(phrasesFrom(words.map((word) => [word, true] as const)))
}

/** Words of doubt that count only beside this answer word, folded, because of the languages that it belongs to. */
export function doubtsBesideWord(key: string): LanguagePhrases | null {
  const itsLanguages = localDoubts.filter(({ answers }) => answers.has(key)).map(({ language }) => language)
  const doubts = phrasesOf(itsLanguages, (language) => language.localDoubts)
  return doubts.tree.word === null ? null : doubts
}

function inAll(texts: (language: Language) => string[]): LanguagePhrases {
  return sharedOf(languages, texts)
}

/** Phrases that every reading looks up. */
function sharedOf<L extends Language>(among: L[], texts: (language: L) => string[]): LanguagePhrases {
  return withPlace(phrasesOf(among, texts))
}

function phrasesOf<L extends Language>(among: L[], texts: (language: L) => string[]): LanguagePhrases {
  return gatheredPhrases(
    among.map((language) => [texts(language), language.locale] as const),
    withLocale,
  )
}

function withLocale(others: string[] = [], locale: string): string[] {
  if (others.at(-1) === locale) return others
  const all = [...others, locale]
  const key = all.join()
  const known = withOthers.get(key) ?? all
  withOthers.set(key, known)
  return known
}
