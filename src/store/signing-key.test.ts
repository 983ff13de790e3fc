import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSigningKey } from './signing-key.ts'

describe('the signing key', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-signing-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  test('is made once beside the embedded database, for our user only', async () => {
    const made = await openSigningKey({ file: null, dataDirectory: directory })
    expect((await stat(join(directory, 'signing.key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(directory)).toEqual(['signing.key'])
    expect((await openSigningKey({ file: null, dataDirectory: directory }))?.keyId).toBe(made?.keyId)
  })

  test('is not made for a PostgreSQL server', async () => {
    expect(await openSigningKey({ file: null, dataDirectory: null })).toBeNull()
  })

  test('signs what anybody can check with the exported public key', async () => {
    const key = await openSigningKey({ file: null, dataDirectory: directory })
    const signature = key?.sign('statement') ?? ''
    expect(key?.verify('statement', signature)).toBe(true)
    expect(key?.verify('statement.', signature)).toBe(false)
    expect(key?.verify('statement', '')).toBe(false)
    const exported = createPublicKey(key?.publicKeyPem ?? '')
    expect(verify(null, Buffer.from('statement'), exported, Buffer.from(signature, 'base64'))).toBe(true)
  })

  test('a file with another kind of key is refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const file = join(directory, 'other.key')
    for (const content of [privateKey.export({ type: 'pkcs8', format: 'pem' }), 'nonsense', '']) {
      await writeFile(file, content)
      await expect(openSigningKey({ file, dataDirectory: null })).rejects.toThrow('no Ed25519 private key')
    }
    await expect(openSigningKey({ file: join(directory, 'absent'), dataDirectory: null })).rejects.toThrow(
      'COUNTERSIGN_SIGNING_KEY_FILE',
    )
  })
})
