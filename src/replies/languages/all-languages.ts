import { type Phrases, phrasesFrom } from '../phrases.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import type { Language } from './language.ts'

export const languages: Language[] = [en, fr]

/**
 * The phrases of all languages together. People answer in whatever language they think in, so a doubt or a signature is
 * known in every language; only the answer words are looked up in the approver's own language first.
 */
export const anyLanguage = {
  acknowledgements: inAll((language) => language.acknowledgements),
  complements: inAll((language) => language.complements),
  greetings: inAll((language) => language.greetings),
  thanks: inAll((language) => language.thanks),
  pleases: inAll((language) => language.pleases),
  closings: inAll((language) => language.closings),
  negations: inAll((language) => language.negations),
  conditions: inAll((language) => language.conditions),
  hedges: inAll((language) => language.hedges),
  limits: inAll((language) => language.limits),
  scopes: inAll((language) => language.scopes),
  futures: inAll((language) => language.futures),
  retractions: inAll((language) => language.retractions),
  withdrawals: inAll((language) => language.withdrawals),
  reservations: inAll((language) => language.reservations),
  questions: inAll((language) => language.questions),
  writers: inAll((language) => language.writers),
  perfects: inAll((language) => language.perfects),
  deferrals: inAll((language) => language.deferrals),
  idioms: inAll(({ idioms, assents }) => [...idioms, ...assents]),
  assents: inAll((language) => language.assents),
  favourable: inAll((language) => language.favourable),
  unfavourable: inAll((language) => language.unfavourable),
  attributionStarts: inAll((language) => language.attribution.starts),
  attributionEnds: inAll((language) => language.attribution.ends),
  originalMessages: inAll((language) => language.originalMessages),
  deviceSignatures: inAll((language) => language.deviceSignatures),
  banners: inAll((language) => language.banners),
  disclaimers: inAll((language) => language.disclaimers),
  outOfOfficeSubjects: inAll((language) => language.subjects.outOfOffice),
  calendarSubjects: inAll((language) => language.subjects.calendar),
}

function inAll(phrasesOf: (language: Language) => string[]): Phrases<true> {
  return phrasesFrom(languages.flatMap(phrasesOf).map((phrase) => [phrase, true] as const))
}
