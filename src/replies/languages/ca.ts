import type { PlainLanguage } from './language.ts'

/**
 * Catalan, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language. `no` is left out: English, Spanish and Italian have it.
 */
export const ca: PlainLanguage = {
  locale: 'ca',
  yes: [
    'sí',
    'aprovo',
    'aprovat',
    'aprovada',
    "d'acord",
    "hi estic d'acord",
    'accepto',
    'acceptat',
    'endavant',
  ],
  no: [
    'rebutjo',
    'rebutjat',
    'rebutjada',
    'denegat',
    'denego',
    'no aprovo',
    'no aprovat',
    "no hi estic d'acord",
    'no accepto',
  ],
  doubts: [
    'però',
    'només',
    'sempre que',
    'a condició',
    'excepte',
    'potser',
    'probablement',
    'espereu',
    'espera',
    'demà',
    'més tard',
    'canvieu',
    'en lloc',
  ],
  localDoubts: ['mai', 'si', 'sense', 'abans'],
  greetings: ['hola', 'bon dia', 'bona tarda', 'benvolgut', 'benvolguda'],
  thanks: ['gràcies', 'moltes gràcies', 'merci'],
  closings: ['salutacions', 'salutacions cordials', 'cordialment', 'atentament'],
  quotedHeaders: {
    from: ['de'],
    sent: ['enviat', 'enviat el', 'data'],
    to: ['per a', 'a'],
    subject: ['assumpte', 'tema'],
  },
  attribution: { starts: ['el', 'missatge de'], verbs: ['va escriure', 'ha escrit', 'missatge de'] },
  originalMessages: ['missatge original', 'missatge reenviat'],
  deviceSignatures: ['enviat des del meu', 'enviat des de', 'obteniu outlook per'],
  banners: ['remitent extern', 'correu extern'],
  disclaimers: ['aquest missatge és confidencial', 'aquest correu'],
  subjects: {
    automatic: ['resposta automàtica'],
    away: ["fora de l'oficina"],
    calendar: ['acceptat', 'rebutjat', 'provisional'],
    receipt: ['llegit', 'no llegit'],
  },
}
