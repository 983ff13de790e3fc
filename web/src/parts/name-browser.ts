/** As they name themselves, the more special ones first: most say that they are others, too. */
const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\bWindows\b/, 'Windows'],
  [/\b(iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** Which browser it is and on what, as far as it tells; null for what it does not. */
export function nameBrowser(userAgent: string): { browser: string | null; system: string | null } {
  const nameOf = (names: [RegExp, string][]) => names.find(([told]) => told.test(userAgent))?.[1] ?? null
  return { browser: nameOf(browsers), system: nameOf(systems) }
}
