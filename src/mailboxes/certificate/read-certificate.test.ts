import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certificateFile, certificatePassword as password } from '../../../test/support/certificates.ts'
import { AppError } from '../../lib/app-error.ts'
import { openKeyStore } from './open-key-store.ts'
import { readCertificate } from './read-certificate.ts'

const now = new Date('2026-11-25T12:00:00Z')
const pem = (name: string) => ({ pem: certificateFile(name) })
const pfx = (name: string) => ({ pfx: certificateFile(name, 'base64') })

/** The English text of the refusal. */
async function refusal(given: Parameters<typeof readCertificate>[0], at = now, bounds = {}): Promise<string> {
  const error = await readCertificate(given, at, bounds).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('it was not refused', { cause: error })
  expect(error.problems).toHaveLength(1)
  const [problem] = error.problems
  expect(problem?.path).toBe('oauth.certificate')
  expect(problem?.message.fr).not.toBe(problem?.message.en)
  expect(JSON.stringify(error), 'nothing of the key').not.toMatch(/MII|correct horse/)
  return problem?.message.en ?? ''
}

test.each([
  ['app.pem', pem('app.pem')],
  ['app.pkcs1.pem', pem('app.pkcs1.pem')],
  ['app.encrypted.pem', { ...pem('app.encrypted.pem'), password }],
  ['app.legacy-encrypted.pem', { ...pem('app.legacy-encrypted.pem'), password }],
  ['app.modern.pfx', { ...pfx('app.modern.pfx'), password }],
  ['app.legacy.pfx', { ...pfx('app.legacy.pfx'), password }],
  ['app.windows.pfx', { ...pfx('app.windows.pfx'), password }],
  ['app.accent.pfx', { ...pfx('app.accent.pfx'), password: 'clé d’été' }],
  ['app.accent.legacy.pfx', { ...pfx('app.accent.legacy.pfx'), password: 'clé d’été' }],
  ['app.accent.pem', { ...pem('app.accent.pem'), password: 'clé d’été' }],
  ['app.no-password.pfx', pfx('app.no-password.pfx')],
])('%s holds one and the same certificate and key', async (_, given) => {
  const certificate = new X509Certificate(certificateFile('app.pem'))
  expect(await readCertificate(given, now)).toEqual({
    pem: openKeyStore(pem('app.pem')).key + certificate.toString(),
    facts: {
      subject: 'O=Contoso, CN=Countersign (app)',
      thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
      thumbprintSha1: certificate.fingerprint.replaceAll(':', ''),
      notBefore: '2026-01-01T00:00:00.000Z',
      expiresAt: '2126-01-01T00:00:00.000Z',
    },
  })
})

test.each([pem('chain.pem'), { ...pfx('chain.pfx'), password }])(
  'of a chain the one of the key is taken (%#)',
  async (given) => {
    const { facts } = await readCertificate(given, now)
    expect(facts.subject).toBe('O=Contoso, CN=Countersign (chain)')
  },
)

const key = /-----BEGIN PRIVATE KEY[\s\S]*?END PRIVATE KEY-----/
const certificate = /-----BEGIN CERTIFICATE[\s\S]*?END CERTIFICATE-----/

test.each([
  ['nothing', { pem: '' }, 'cannot be read'],
  ['an empty PFX', { pfx: '' }, 'cannot be read'],
  ['no PFX', { pfx: 'bm8gcGZ4' }, 'cannot be read'],
  ['a damaged key', { pem: certificateFile('app.pem').replace('MII', 'MIA') }, 'cannot be read'],
  ['no key', { pem: certificateFile('app.pem').replace(key, '') }, 'private key is missing'],
  ['no certificate', { pem: certificateFile('app.pem').replace(certificate, '') }, 'not its certificate'],
  ['another key', pem('mismatch.pem'), 'does not belong'],
  ['no password', pem('app.encrypted.pem'), 'protected by a password'],
  ['no password, older', pem('app.legacy-encrypted.pem'), 'protected by a password'],
  ['no password of a PFX', pfx('app.modern.pfx'), 'with this password'],
  ['a wrong password', { ...pem('app.encrypted.pem'), password: 'x' }, 'with this password'],
  ['a wrong password, older', { ...pem('app.legacy-encrypted.pem'), password: 'x' }, 'with this password'],
  ['a wrong password of a PFX', { ...pfx('app.modern.pfx'), password: 'é' }, 'with this password'],
  ['a wrong password of an older PFX', { ...pfx('app.legacy.pfx'), password: 'x' }, 'with this password'],
  ['an elliptic curve', pem('ec.pem'), 'not an RSA key'],
  ['a key for RSA-PSS alone', pem('pss.pem'), 'not an RSA key'],
  ['a short key', pem('short.pem'), 'has 1024 bits'],
  ['an expired one', pem('expired.pem'), 'expired on 2021-01-01'],
  ['one of the future', pem('future.pem'), 'not valid before 2125-01-01'],
])('%s is refused with its own text', async (_, given, text) => {
  expect(await refusal(given)).toContain(text)
})

test('the bounds of its time are to the moment', async () => {
  const { facts } = await readCertificate(pem('expired.pem'), new Date('2020-01-01T00:00:00.000Z'))
  expect(facts.expiresAt).toBe('2021-01-01T00:00:00.000Z')
  await readCertificate(pem('expired.pem'), new Date('2020-12-31T23:59:59.999Z'))
  expect(await refusal(pem('expired.pem'), new Date(facts.expiresAt))).toContain('expired')
  expect(await refusal(pem('expired.pem'), new Date('2019-12-31T23:59:59.999Z'))).toContain(
    'not valid before',
  )
})

test('one that takes hours to open is given up', async () => {
  expect(await refusal({ ...pfx('app.slow.pfx'), password }, now, { mostMs: 500 })).toContain('too long')
})

test('a damaged file is refused, whatever is wrong with it', () => {
  const file = Buffer.from(certificateFile('app.legacy.pfx', 'base64'), 'base64')
  const damage = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }))
  fc.assert(
    fc.property(damage, ([at, by]) => {
      const damaged = Buffer.from(file)
      damaged[at] = (damaged[at] ?? 0) ^ by
      try {
        openKeyStore({ pfx: damaged.toString('base64'), password })
      } catch (error) {
        expect((error as Error).message).toMatch(/^certificate-/)
      }
    }),
    { numRuns: 40 },
  )
})
