import type { PlainLanguage } from './language.ts'

/**
 * Romanian, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language. `nu` alone is left out: it is *now* in Swedish, Danish and Dutch.
 */
export const ro: PlainLanguage = {
  locale: 'ro',
  yes: ['da', 'aprob', 'aprobat', 'aprobată', 'se aprobă', 'de acord', 'sunt de acord', 'accept', 'acceptat'],
  no: [
    'nu aprob',
    'nu se aprobă',
    'neaprobat',
    'resping',
    'respins',
    'respinsă',
    'refuz',
    'refuzat',
    'nu sunt de acord',
    'nu accept',
  ],
  doubts: [
    'niciodată',
    'însă',
    'numai',
    'doar',
    'dacă',
    'cu condiția',
    'sub rezerva',
    'exceptând',
    'probabil',
    'așteptați',
    'mai întâi',
    'mâine',
    'mai târziu',
    'revin',
    'modificați',
    'în loc',
  ],
  localDoubts: ['nu', 'dar', 'fără', 'poate'],
  greetings: ['bună', 'bună ziua', 'bună dimineața', 'salut', 'stimate', 'stimată'],
  thanks: ['mulțumesc', 'mulțumesc mult', 'mulțumim', 'mersi'],
  closings: ['cu stimă', 'cu respect', 'o zi bună', 'toate cele bune'],
  quotedHeaders: {
    from: ['de la', 'expeditor', 'expeditorul'],
    sent: ['trimis', 'data', 'dată'],
    to: ['către', 'catre', 'destinatarul'],
    subject: ['subiect', 'subiectul'],
  },
  attribution: { starts: ['în', 'pe'], verbs: ['a scris'] },
  originalMessages: [
    'mesaj original',
    'mesajul original',
    'mesaj redirecționat',
    'începe mesajul redirecționat',
  ],
  deviceSignatures: ['trimis de pe', 'trimis din', 'obțineți outlook pentru'],
  banners: ['expeditor extern', 'e-mail extern'],
  disclaimers: ['acest mesaj este confidențial', 'acest e-mail'],
  subjects: {
    automatic: ['răspuns automat'],
    away: ['absent din birou'],
    calendar: ['acceptat', 'refuzat', 'provizoriu'],
    receipt: ['citit', 'necitit'],
  },
}
