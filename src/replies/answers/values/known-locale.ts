/** The locale if Intl knows it; null otherwise, where it would take the machine's own. */
export function knownLocale(locale: string): string | null {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? null
  } catch {
    return null
  }
}
