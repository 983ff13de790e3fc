import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import type { ClientAuth } from 'openid-client'
import { expect, test } from 'vitest'
import { certificateFile } from '../../test/support/certificates.ts'
import { signAssertions } from './sign-assertions.ts'

const pem = certificateFile('app.pem')
const certificate = new X509Certificate(pem)

async function bodyOf(authenticate: ClientAuth, clientId: string): Promise<URLSearchParams> {
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  await authenticate({ issuer: 'https://login.example' }, { client_id: clientId }, body, new Headers())
  return body
}

const json = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))

test('an assertion says what Entra asks for, of any application at any time, and is signed by the key', async () => {
  const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  const tenants = fc.oneof(fc.uuid(), fc.domain())
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uuid(), fc.string({ minLength: 1 })),
      tenants,
      moments,
      async (id, tenant, now) => {
        const endpoint = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`
        const body = await bodyOf(
          signAssertions(pem, endpoint, () => now),
          id,
        )
        expect(Object.fromEntries(body)).toEqual({
          grant_type: 'client_credentials',
          client_id: id,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: expect.any(String),
        })
        const [header, payload, signature, ...more] = (body.get('client_assertion') ?? '').split('.')
        expect(more).toEqual([])
        const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url')
        expect(json(header)).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
        const seconds = Math.floor(now.getTime() / 1000)
        const { jti, ...claims } = json(payload)
        expect(claims).toEqual({
          aud: endpoint,
          iss: id,
          sub: id,
          iat: seconds,
          nbf: seconds,
          exp: seconds + 600,
        })
        expect(seen).not.toContain(jti)
        seen.add(jti)
        const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        const signed = Buffer.from(`${header}.${payload}`)
        const key = { key: certificate.publicKey, ...pss }
        expect(verify('sha256', signed, key, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
      },
    ),
    { numRuns: 50 },
  )
})
