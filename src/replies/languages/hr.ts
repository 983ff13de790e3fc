import type { PlainLanguage } from './language.ts'

/**
 * Croatian, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language.
 */
export const hr: PlainLanguage = {
  locale: 'hr',
  yes: [
    'da',
    'odobravam',
    'odobreno',
    'slažem se',
    'suglasan sam',
    'suglasna sam',
    'prihvaćam',
    'prihvaćeno',
    'potvrđujem',
  ],
  no: [
    'ne',
    'ne odobravam',
    'nije odobreno',
    'odbijam',
    'odbijeno',
    'ne slažem se',
    'nisam suglasan',
    'nisam suglasna',
    'ne prihvaćam',
  ],
  doubts: [
    'nikad',
    'nikada',
    'jedino',
    'ukoliko',
    'pod uvjetom',
    'uz uvjet',
    'osim',
    'možda',
    'vjerojatno',
    'pričekajte',
    'prvo',
    'sutra',
    'kasnije',
    'javit ću se',
    'promijenite',
    'umjesto',
  ],
  localDoubts: ['nije', 'ali', 'samo', 'ako', 'bez'],
  greetings: ['bok', 'pozdrav', 'dobar dan', 'dobro jutro', 'poštovani', 'poštovana'],
  thanks: ['hvala', 'hvala lijepa', 'puno hvala', 'hvala unaprijed'],
  closings: ['srdačan pozdrav', 's poštovanjem', 'lijep pozdrav', 'lp', 'ugodan dan'],
  quotedHeaders: {
    from: ['šalje', 'od'],
    sent: ['poslano', 'datum'],
    to: ['prima', 'za'],
    subject: ['predmet', 'naslov'],
  },
  attribution: {
    starts: ['dana'],
    verbs: ['napisao je', 'napisala je', 'je napisao', 'je napisala', 'piše', 'je napisao la'],
  },
  originalMessages: [
    'izvorna poruka',
    'originalna poruka',
    'proslijeđena poruka',
    'započni proslijeđenu poruku',
  ],
  deviceSignatures: ['poslano s mog', 'poslano s', 'poslano iz', 'nabavite outlook za'],
  banners: ['vanjski pošiljatelj', 'vanjska pošta'],
  disclaimers: ['ova poruka je povjerljiva', 'ova elektronička poruka'],
  subjects: {
    automatic: ['automatski odgovor'],
    away: ['izvan ureda', 'odsutan', 'odsutna'],
    calendar: ['prihvaćeno', 'odbijeno', 'uvjetno'],
    receipt: ['pročitano', 'nepročitano'],
  },
}
