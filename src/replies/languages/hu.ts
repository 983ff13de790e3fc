import type { PlainLanguage } from './language.ts'

/**
 * Hungarian, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language.
 */
export const hu: PlainLanguage = {
  locale: 'hu',
  yes: [
    'igen',
    'jóváhagyom',
    'jóváhagyva',
    'jóváhagyás',
    'elfogadom',
    'elfogadva',
    'engedélyezem',
    'engedélyezve',
    'egyetértek',
  ],
  no: [
    'nem',
    'nem hagyom jóvá',
    'elutasítom',
    'elutasítva',
    'elutasítás',
    'nem fogadom el',
    'nem engedélyezem',
    'nem értek egyet',
  ],
  doubts: [
    'soha',
    'csak',
    'kizárólag',
    'amennyiben',
    'azzal a feltétellel',
    'kivéve',
    'nélkül',
    'talán',
    'valószínűleg',
    'várjon',
    'várj',
    'előbb',
    'először',
    'holnap',
    'később',
    'módosítsa',
    'helyett',
  ],
  localDoubts: ['ne', 'de', 'ha'],
  greetings: ['szia', 'sziasztok', 'jó napot', 'jó reggelt', 'üdvözlöm', 'tisztelt', 'kedves'],
  thanks: ['köszönöm', 'köszi', 'köszönöm szépen', 'előre is köszönöm'],
  closings: ['üdvözlettel', 'tisztelettel', 'üdv', 'szép napot'],
  quotedHeaders: {
    from: ['feladó'],
    sent: ['elküldve', 'küldve', 'dátum'],
    to: ['címzett', 'másolat'],
    subject: ['tárgy'],
  },
  attribution: { starts: [], verbs: ['írta', 'ezt írta', 'a következőt írta'] },
  originalMessages: ['eredeti üzenet', 'továbbított üzenet'],
  deviceSignatures: ['iphone omról küldve', 'elküldve az iphone', 'elküldve a', 'az outlook beszerzése'],
  banners: ['külső feladó', 'külső e-mail'],
  disclaimers: ['ez az üzenet bizalmas', 'ez az e-mail'],
  subjects: {
    outOfOffice: ['automatikus válasz', 'házon kívül'],
    calendar: ['elfogadva', 'elutasítva', 'feltételes'],
  },
}
