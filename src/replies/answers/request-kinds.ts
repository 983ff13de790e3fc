import { phraseKey } from '../phrases.ts'
import { type Word, wordsOf } from '../words.ts'

/**
 * What organisations ask approval for, by how its nouns begin in the languages that are read deeply. Words that say something
 * else as well are left out: Spanish `permiso` is a leave and a permission, `of course` no training.
 */
const nouns = {
  leave: [
    ...['leave', 'holiday', 'vacation', 'absence', 'congé', 'vacances', 'rtt'],
    ...['urlaub', 'ferien', 'abwesenheit', 'vacaciones', 'ausencia', 'ferie', 'assenza'],
    ...['verlof', 'vakantie', 'afwezigheid', 'férias', 'ausência', 'urlop', 'nieobecnoś'],
  ],
  trip: [
    ...['trip', 'travel', 'flight', 'hotel', 'voyage', 'déplacement', 'mission', 'reise', 'dienstreise'],
    ...['geschäftsreise', 'flug', 'viaje', 'vuelo', 'viaggio', 'trasferta', 'volo', 'reis', 'dienstreis'],
    ...['zakenreis', 'vlucht', 'viagem', 'viagens', 'deslocação', 'podróż', 'delegacj', 'wyjazd'],
  ],
  hire: [
    ...['hire', 'hiring', 'recruit', 'candidate', 'embauche', 'recrutement', 'candidat', 'einstellung'],
    ...['neueinstellung', 'bewerb', 'contratación', 'assunzione', 'aanwerving', 'aanstelling'],
    ...['indiensttreding', 'contratação', 'zatrudnien', 'rekrutacj'],
  ],
  training: [
    ...['training', 'seminar', 'formation', 'schulung', 'fortbildung', 'weiterbildung', 'formación'],
    ...['formazione', 'opleiding', 'cursus', 'formação', 'szkoleni'],
  ],
  raise: [
    ...['payrise', 'salary', 'augmentation', 'gehalt', 'beförderung', 'aumento', 'loonsverhoging', 'opslag'],
    ...['podwyżk', 'awans'],
  ],
  contract: ['contract', 'contrat', 'avenant', 'vertrag', 'overeenkomst', 'umowa', 'umowę', 'umowy', 'aneks'],
  invoice: ['invoice', 'facture', 'rechnung', 'factura', 'fattur', 'factuur', 'fatura', 'faktur'],
  discount: [
    ...['discount', 'rebate', 'remise', 'rabais', 'rabatt', 'nachlass', 'descuento', 'sconto', 'korting'],
    ...['desconto', 'rabat'],
  ],
  purchase: [
    ...['purchase', 'order', 'achat', 'commande', 'acquisition', 'bestell', 'kauf', 'beschaffung'],
    ...['anschaffung', 'compra', 'pedido', 'acquist', 'ordine', 'aankoop', 'aanschaf', 'inkoop'],
    ...['encomenda', 'zakup', 'zamówieni'],
  ],
}

export type RequestKind = keyof typeof nouns

/** Shorter nouns are known whole, or with an s: `trip` is no *triple*. */
const stemLetters = 5

const kinds = Object.entries(nouns).map(([kind, stems]) => ({
  kind: kind as RequestKind,
  stems: stems.map(phraseKey),
}))

/** The kind of request that a word of a reply names; undefined for most. */
export function kindNamedBy({ text }: Word): RequestKind | undefined {
  const names = (stem: string) =>
    text === stem || text === `${stem}s` || (stem.length >= stemLetters && text.startsWith(stem))
  return kinds.find(({ stems }) => stems.some(names))?.kind
}

/** The kinds that a mail of ours names. A word may hold the noun anywhere, as in German `Jahresurlaub`. */
export function kindsNamedIn(mail: string): ReadonlySet<RequestKind> {
  const words = new Set(wordsOf(mail).map(({ text }) => text))
  const holds = (stem: string) => [...words].some((word) => word.includes(stem))
  return new Set(kinds.filter(({ stems }) => stems.some(holds)).map(({ kind }) => kind))
}
