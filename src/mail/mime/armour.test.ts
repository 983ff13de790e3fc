import { expect, test } from 'vitest'
import { holdsPgpMessage, withoutCleartextSignature } from './armour.ts'

const begin = '-----BEGIN PGP SIGNED MESSAGE-----'
const signature = ['-----BEGIN PGP SIGNATURE-----', 'Version: x 1', '', 'iQEzBAEBCgAdFiEE+/=', '=abCd']
const end = '-----END PGP SIGNATURE-----'

test('the armour of a signature is no text', () => {
  const text = [begin, 'Hash: SHA256', '', 'Yes', '- -- ', 'Nadia', ...signature, end, 'below'].join('\n')
  expect(withoutCleartextSignature(text)).toBe('Yes\n-- \nNadia\nbelow')
})

test.each([
  ['above what is signed', [begin, 'only if it is under 500', '', 'Yes', ...signature, end]],
  ['in the signature', [begin, '', 'Yes', ...signature, 'only if it is under 500', end]],
  ['below a signature without end', [begin, '', 'Yes', ...signature, 'only if it is under 500']],
])('what somebody may read %s stays', (_, lines) => {
  expect(withoutCleartextSignature(lines.join('\n'))).toContain('only if it is under 500')
})

test('what is quoted is encrypted for nobody', () => {
  expect(holdsPgpMessage('> -----BEGIN PGP MESSAGE-----')).toBe(false)
  expect(holdsPgpMessage('<pre>-----BEGIN PGP MESSAGE-----')).toBe(true)
})
