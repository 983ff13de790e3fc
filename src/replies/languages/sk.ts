import type { PlainLanguage } from './language.ts'

/**
 * Slovak, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language.
 */
export const sk: PlainLanguage = {
  locale: 'sk',
  yes: ['áno', 'schvaľujem', 'schválené', 'súhlasím', 'súhlas', 'prijímam', 'povoľujem'],
  no: [
    'nie',
    'neschvaľujem',
    'neschválené',
    'nesúhlasím',
    'nesúhlas',
    'zamietam',
    'zamietnuté',
    'odmietam',
    'odmietnuté',
  ],
  doubts: [
    'nikdy',
    'pokiaľ',
    'za podmienky',
    's výhradou',
    'okrem',
    'možno',
    'pravdepodobne',
    'počkajte',
    'počkať',
    'najprv',
    'zajtra',
    'neskôr',
    'ozvem sa',
    'zmeniť',
    'upraviť',
    'namiesto',
  ],
  localDoubts: ['ale', 'len', 'iba', 'ak', 'keď', 'bez', 'asi'],
  greetings: ['ahoj', 'dobrý deň', 'dobré ráno', 'vážený', 'vážená'],
  thanks: ['ďakujem', 'vďaka', 'veľmi pekne ďakujem', 'vopred ďakujem'],
  closings: ['s pozdravom', 's priateľským pozdravom', 'pekný deň'],
  quotedHeaders: {
    from: ['od'],
    sent: ['odoslané', 'dátum'],
    to: ['komu', 'kópia', 'pre'],
    subject: ['predmet'],
  },
  attribution: { starts: ['dňa'], verbs: ['napísal', 'napísala', 'napísal a', 'píše'] },
  originalMessages: ['pôvodná správa', 'preposlaná správa', 'začiatok preposlanej správy'],
  deviceSignatures: ['odoslané z', 'odoslané zo', 'získajte outlook pre', 'získať outlook pre'],
  banners: ['externý odosielateľ', 'externý e-mail'],
  disclaimers: ['táto správa je dôverná', 'tento e-mail'],
  subjects: {
    automatic: ['automatická odpoveď'],
    away: ['mimo kancelárie', 'neprítomnosť'],
    calendar: ['prijaté', 'odmietnuté', 'predbežne'],
    receipt: ['prečítané', 'neprečítané'],
  },
}
