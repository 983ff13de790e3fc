import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readValue } from './read-value.ts'

const number = (text: string, locale = 'en') => readValue({ id: 'Q1', type: 'number' }, text, locale)
const money = (text: string, locale = 'en', currency = 'EUR') =>
  readValue({ id: 'Q1', type: 'money', currency }, text, locale)
const date = (text: string, locale = 'en') => readValue({ id: 'Q1', type: 'date' }, text, locale)

/** Whose notation is written and read. */
const locales = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt', 'pl', 'en-GB', 'en-US', 'de-CH', 'fr-CA', 'es-MX']

describe('numbers', () => {
  test.each([
    ['12', '12'],
    ['1,234.50', '1234.5'],
    ['1.234,50', '1234.5'],
    ['1 234,50', '1234.5'],
    ['1\u202f234,50', '1234.5'],
    ["1'234.50", '1234.5'],
    ['1’234.50', '1234.5'],
    ['1.234.567', '1234567'],
    ['1,234,567.8', '1234567.8'],
    ['1,23,456', '123456'],
    ['12 500', '12500'],
    ['0,250', '0.25'],
    ['1250,500', '1250.5'],
    ['007', '7'],
    ['12.', '12'],
    ['-3', '-3'],
    ['−3', '-3'],
    ['-0', '0'],
  ])('%s is %s in any language', (text, value) => {
    for (const locale of locales) expect(number(text, locale)).toEqual({ value })
  })

  test.each([
    ['1,250', 'en', '1250'],
    ['1.250', 'de', '1250'],
    ['1.250', 'es', '1250'],
    ['1.250', 'pt', '1250'],
  ])('%s is grouped as %s does', (text, locale, value) => {
    expect(number(text, locale)).toEqual({ value })
  })

  test.each([
    ['1.250', 'en'],
    ['1,250', 'fr'],
    ['1.250', 'fr'],
    ['1,250', 'de'],
    ['1.250', 'de-CH'],
    ['1,250', 'pl'],
    ['1,250', 'unknown-locale-of-nobody'],
  ])('%s in %s can mean two numbers', (text, locale) => {
    expect(number(text, locale)).toEqual({ reason: 'ambiguous', meanings: ['1250', '1.25'] })
  })

  test.each([
    '',
    'twelve',
    'about 12',
    '12 or 13',
    '10-12',
    '12e3',
    '12²',
    '½',
    '1,2,3',
    '1,250,00',
    '12 50',
    '+3',
    '- 3',
    '12 pcs',
    '15 %',
  ])('%j is none', (text) => {
    expect(number(text)).toEqual({ reason: 'not-an-answer' })
  })

  test('no digit is lost', () => {
    expect(number('123456789012345')).toEqual({ value: '123456789012345' })
    expect(number('1234567890123456')).toEqual({ reason: 'out-of-range' })
  })
})

describe('amounts', () => {
  test.each([
    ['1250', '1250.00'],
    ['1250.5', '1250.50'],
    ['€1,250.00', '1250.00'],
    ['1 250,00 €', '1250.00'],
    ['EUR 1.250,00', '1250.00'],
    ['1250 euros', '1250.00'],
    ['1250,- €', '1250.00'],
    ['1.250,–', '1250.00'],
    ['1250 EUR.', '1250.00'],
    ['-€50', '-50.00'],
    ['-50 €', '-50.00'],
    ['0', '0.00'],
  ])('%s', (text, value) => {
    for (const locale of locales) expect(money(text, locale)).toEqual({ value })
  })

  test.each([
    ["Fr. 1'250.–", 'CHF', '1250.00'],
    ['CHF 1250.--', 'CHF', '1250.00'],
    ['1 250,00 zł', 'PLN', '1250.00'],
    ['12 złotych', 'PLN', '12.00'],
    ['$1250', 'USD', '1250.00'],
    ['$1250', 'CAD', '1250.00'],
    ['C$1250', 'CAD', '1250.00'],
    ['1250 pounds', 'GBP', '1250.00'],
    ['¥125000', 'JPY', '125000'],
    ['125000.00', 'JPY', '125000'],
    ['1.250,500', 'KWD', '1250.500'],
    ['1250 kr', 'SEK', '1250.00'],
  ])('%s as %s', (text, currency, value) => {
    expect(money(text, 'en', currency)).toEqual({ value })
  })

  test.each([
    ['$1250', 'EUR'],
    ['1250 USD', 'EUR'],
    ['1250 dollars', 'EUR'],
    ['US$1250', 'CAD'],
    ['1250 francs suisses', 'EUR'],
    ['1250 £', 'EUR'],
    ['1250 XAF', 'EUR'],
  ])('%s are no %s', (text, currency) => {
    expect(money(text, 'en', currency)).toEqual({ reason: 'wrong-currency' })
  })

  test.each(['1250.505', '1250,000', '0.001 €', '1250.000'])('%s is too precise', (text) => {
    expect(money(text)).toEqual({ reason: 'too-precise' })
  })

  test.each([
    'k€',
    '1,2 k€',
    '12k',
    '1250 € HT',
    '1250 max',
    '~1250',
    'ca. 1250',
    '1250€50',
    '12-',
    '- 50',
    '(1250)',
    '1250 € / month',
  ])('%s is none', (text) => {
    expect(money(text)).toEqual({ reason: 'not-an-answer' })
  })

  test('where a currency has three digits, no language settles what a mark is', () => {
    expect(money('1,250', 'en', 'KWD')).toEqual({ reason: 'ambiguous', meanings: ['1250.000', '1.250'] })
  })
})

describe('days', () => {
  test.each([
    ['2026-07-15', '2026-07-15'],
    ['2026/7/5', '2026-07-05'],
    ['15/07/2026', '2026-07-15'],
    ['7/15/2026', '2026-07-15'],
    ['15.7.2026', '2026-07-15'],
    ['15. 7. 2026', '2026-07-15'],
    ['4/4/2026', '2026-04-04'],
    ['15 July 2026', '2026-07-15'],
    ['July 15th, 2026', '2026-07-15'],
    ['15-Jul-2026', '2026-07-15'],
    ['1er août 2026', '2026-08-01'],
    ['le 15 juillet 2026', '2026-07-15'],
    ['15. Juli 2026', '2026-07-15'],
    ['15 de julio de 2026', '2026-07-15'],
    ['15 luglio 2026', '2026-07-15'],
    ['15 juli 2026', '2026-07-15'],
    ['15 de julho de 2026', '2026-07-15'],
    ['15 lipca 2026 r.', '2026-07-15'],
    ['Wednesday, 15th of July 2026', '2026-07-15'],
    ['mercredi 15/07/2026', '2026-07-15'],
    ['mar. 14 juillet 2026', '2026-07-14'],
    ['Mar 15, 2026', '2026-03-15'],
    ['29/02/2028', '2028-02-29'],
  ])('%s', (text, value) => {
    for (const locale of locales) expect(date(text, locale)).toEqual({ value })
  })

  test.each([
    ['3/4/2026', 'fr', '2026-04-03'],
    ['3.4.2026', 'de', '2026-04-03'],
    ['3/4/2026', 'en-GB', '2026-04-03'],
    ['3/4/2026', 'en-US', '2026-03-04'],
    ['15/07/26', 'fr', '2026-07-15'],
    ['3/4/26', 'it', '2026-04-03'],
  ])('%s in %s', (text, locale, value) => {
    expect(date(text, locale)).toEqual({ value })
  })

  test.each([
    ['3/4/2026', 'en', ['2026-04-03', '2026-03-04']],
    ['3.4.2026', 'fr-CA', ['2026-04-03', '2026-03-04']],
    ['15-07-26', 'fr', ['2026-07-15', '2015-07-26']],
    ['15 listopada 2026', 'en', ['2026-11-15', '2026-10-15']],
  ])('%s in %s can mean two days', (text, locale, meanings) => {
    expect(date(text, locale)).toEqual({ reason: 'ambiguous', meanings })
  })

  test.each(['31/02/2026', '2026-02-29', '32/01/2026', '0/0/2026', 'Monday 15 July 2026', '15/07/1026'])(
    '%s is none of the calendar',
    (text) => {
      expect(date(text)).toEqual({ reason: 'impossible-date' })
    },
  )

  test.each([
    'tomorrow',
    'demain',
    'übermorgen',
    'mañana',
    'Monday',
    'lundi prochain',
    'next week',
    'la semaine prochaine',
    '15 juillet',
    'July 15',
    '15/07',
  ])('%s hangs on when it is read', (text) => {
    expect(date(text)).toEqual({ reason: 'relative-date' })
  })

  test.each(['', 'soon', 'before 15 July 2026', '15/07/2026 or 16/07/2026', '2026', '150/7/2026'])(
    '%j is none',
    (text) => {
      expect(date(text)).toEqual({ reason: 'not-an-answer' })
    },
  )
})

test('a text is what was written, without characters that control', () => {
  const text = (written: string) => readValue({ id: 'Q1', type: 'text' }, written, 'en')
  expect(text('  Dock B,\n\tring\u0000 twice. ')).toEqual({ value: 'Dock B,\n\tring twice.' })
  expect(text('x'.repeat(4_001))).toEqual({ reason: 'too-long' })
})

describe('what a locale formats is read again as the same value, or in no other sense', () => {
  const locale = fc.constantFrom(...locales)
  const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 })

  test('numbers', () => {
    fc.assert(
      fc.property(locale, cents, fc.integer({ min: 0, max: 4 }), (locale, digits, places) => {
        const value = digits / 10 ** places
        const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value)
        expect(meaningsOf(number(written, locale))).toContain(String(value === 0 ? 0 : value))
      }),
      { numRuns: 2_000 },
    )
  })

  test('amounts', () => {
    fc.assert(
      fc.property(
        locale,
        cents,
        fc.constantFrom('EUR', 'USD', 'CHF', 'PLN'),
        fc.constantFrom('symbol', 'code', 'name'),
        (locale, digits, currency, currencyDisplay) => {
          const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
          const reading = money(format.format(digits / 100), locale, currency)
          expect(reading).toEqual({ value: (digits === 0 ? 0 : digits / 100).toFixed(2) })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('days', () => {
    const day = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        locale,
        day,
        fc.constantFrom('full', 'long', 'medium', 'short'),
        (locale, day, dateStyle) => {
          const written = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(day)
          const reading = date(written, locale)
          const iso = day.toISOString().slice(0, 10)
          if ('value' in reading) expect(reading.value).toBe(iso)
          else expect(reading.reason === 'ambiguous' ? reading.meanings : [iso]).toContain(iso)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('any text is read or refused, and what is read is in the one notation', () => {
    fc.assert(
      fc.property(locale, fc.string({ unit: 'binary', maxLength: 40 }), (locale, text) => {
        const readings = [number(text, locale), money(text, locale), date(text, locale)]
        const notations = [/^-?\d+(\.\d*[1-9])?$/, /^-?\d+\.\d\d$/, /^\d{4}-\d\d-\d\d$/]
        for (const [index, reading] of readings.entries()) {
          if ('value' in reading) expect(reading.value).toMatch(notations[index] ?? /$./)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  function meaningsOf(reading: ReturnType<typeof readValue>): string[] {
    return 'value' in reading ? [reading.value] : (reading.meanings ?? [reading.reason])
  }
})
