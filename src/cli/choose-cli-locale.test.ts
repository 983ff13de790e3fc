import { expect, test } from 'vitest'
import { chooseCliLocale } from './choose-cli-locale.ts'

test.each([
  [{}, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'fr_CA.UTF-8' }, 'fr'],
  [{ LANG: 'fr' }, 'fr'],
  [{ LANG: 'frr_DE' }, 'en'],
  [{ LANG: 'fr_FR', LC_ALL: 'en_GB' }, 'en'],
  [{ LANG: 'en_GB', LC_MESSAGES: 'fr_FR' }, 'fr'],
  [{ LANG: 'fr_FR', LC_ALL: '' }, 'fr'],
])('%j speaks %s', (environment, locale) => {
  expect(chooseCliLocale(environment)).toBe(locale)
})
