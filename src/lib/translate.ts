/**
 * The one catalogue behind mails, command line, errors and findings. A key reads `<namespace>:<path>`, for instance
 * `mails:approval.lead`; placeholders read `{{name}}`.
 */
import { createInstance } from 'i18next'
import enAudit from './locales/en/audit.json' with { type: 'json' }
import enCli from './locales/en/cli.json' with { type: 'json' }
import enDeadLetters from './locales/en/dead-letters.json' with { type: 'json' }
import enDoctor from './locales/en/doctor.json' with { type: 'json' }
import enErrors from './locales/en/errors.json' with { type: 'json' }
import enEvidence from './locales/en/evidence.json' with { type: 'json' }
import enMailErrors from './locales/en/mail-errors.json' with { type: 'json' }
import enMails from './locales/en/mails.json' with { type: 'json' }
import enMigration from './locales/en/migration.json' with { type: 'json' }
import enNotices from './locales/en/notices.json' with { type: 'json' }
import enOperator from './locales/en/operator.json' with { type: 'json' }
import enProcessChecker from './locales/en/process-checker.json' with { type: 'json' }
import enReadings from './locales/en/readings.json' with { type: 'json' }
import enTrust from './locales/en/trust.json' with { type: 'json' }
import frAudit from './locales/fr/audit.json' with { type: 'json' }
import frCli from './locales/fr/cli.json' with { type: 'json' }
import frDeadLetters from './locales/fr/dead-letters.json' with { type: 'json' }
import frDoctor from './locales/fr/doctor.json' with { type: 'json' }
import frErrors from './locales/fr/errors.json' with { type: 'json' }
import frEvidence from './locales/fr/evidence.json' with { type: 'json' }
import frMailErrors from './locales/fr/mail-errors.json' with { type: 'json' }
import frMails from './locales/fr/mails.json' with { type: 'json' }
import frMigration from './locales/fr/migration.json' with { type: 'json' }
import frNotices from './locales/fr/notices.json' with { type: 'json' }
import frOperator from './locales/fr/operator.json' with { type: 'json' }
import frProcessChecker from './locales/fr/process-checker.json' with { type: 'json' }
import frReadings from './locales/fr/readings.json' with { type: 'json' }
import frTrust from './locales/fr/trust.json' with { type: 'json' }

export type Locale = 'en' | 'fr'

export type Translate = (key: string, values?: Record<string, string | number>) => string

const catalogues = {
  en: {
    audit: enAudit,
    cli: enCli,
    'dead-letters': enDeadLetters,
    doctor: enDoctor,
    errors: enErrors,
    evidence: enEvidence,
    'mail-errors': enMailErrors,
    mails: enMails,
    migration: enMigration,
    notices: enNotices,
    operator: enOperator,
    'process-checker': enProcessChecker,
    readings: enReadings,
    trust: enTrust,
  },
  fr: {
    audit: frAudit,
    cli: frCli,
    'dead-letters': frDeadLetters,
    doctor: frDoctor,
    errors: frErrors,
    evidence: frEvidence,
    'mail-errors': frMailErrors,
    mails: frMails,
    migration: frMigration,
    notices: frNotices,
    operator: frOperator,
    'process-checker': frProcessChecker,
    readings: frReadings,
    trust: frTrust,
  },
}

const catalogue = createInstance()
catalogue.init({
  initAsync: false,
  resources: catalogues,
  // A text in the wrong language would hide the gap, so a key is never looked up in another one.
  fallbackLng: false,
  // Each door escapes for itself: Liquid in mails, React in pages, nothing in plain text.
  interpolation: { escapeValue: false },
  parseMissingKeyHandler: (key) => {
    throw new Error(`The catalogue has no text for ${key}`)
  },
  missingInterpolationHandler: (text, match: RegExpExecArray) => {
    throw new Error(`No value for ${match[1]} in: ${text}`)
  },
})

/**
 * The texts of one language. Values are inserted as they are, never interpreted and never escaped. A key or value
 * that is missing is a bug and throws, so that no half-empty sentence ever goes out.
 */
export function translator(locale: Locale): Translate {
  const text = catalogue.getFixedT(locale)
  return (key, values = {}) => text(key, values)
}

/** A text in every language, for a reader who is known only later. */
export function inBothLanguages(key: string, values?: Parameters<Translate>[1]): Record<Locale, string> {
  return { en: translator('en')(key, values), fr: translator('fr')(key, values) }
}
