const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether this is the code of a currency of ISO 4217. */
export function isCurrency(code: string): boolean {
  return currencies.has(code)
}

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for TND (ISO 4217, by way of ECMA-402). */
export function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}
