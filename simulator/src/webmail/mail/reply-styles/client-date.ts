const clientLocales = { en: 'en-US', fr: 'fr-FR' } as const

/**
 * Writes a date inside a quote as the client's language does. In UTC, so that a reply does not depend on the
 * machine that builds it; readers of replies must not rely on it anyway.
 */
export function clientDate(date: Date, locale: 'en' | 'fr', options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(clientLocales[locale], { timeZone: 'UTC', ...options }).format(date)
}
