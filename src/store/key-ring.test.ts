import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKeyRing } from './key-ring.ts'

const FIXED = Buffer.alloc(32, 7).toString('base64')
const newKey = () => randomBytes(32).toString('base64')
const withKey = (key: string) => openKeyRing({ key, keyFile: null, dataDirectory: null })

describe('where the key comes from', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-keys-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  test('made once beside the embedded database, for our user only', async () => {
    const source = { key: null, keyFile: null, dataDirectory: directory }
    const made = await openKeyRing(source)
    const file = join(directory, 'installation.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(directory)).toEqual(['installation.key'])
    const again = await openKeyRing(source)
    expect(again.keyId).toBe(made.keyId)
    expect(again.open(made.seal('secret', 'mailbox:1'), 'mailbox:1')).toBe('secret')
    const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
    expect(made.keyId).toBe(createHash('sha256').update(key).digest('hex').slice(0, 8))
  })

  test('never made silently for a PostgreSQL server', async () => {
    await expect(openKeyRing({ key: null, keyFile: null, dataDirectory: null })).rejects.toThrow(
      'openssl rand -base64 32',
    )
  })

  test('from a file of our choice', async () => {
    const file = join(directory, 'my.key')
    await writeFile(file, `${FIXED}\n`)
    const ring = await openKeyRing({ key: null, keyFile: file, dataDirectory: null })
    expect(ring.keyId).toBe((await withKey(FIXED)).keyId)
    await expect(
      openKeyRing({ key: null, keyFile: join(directory, 'absent'), dataDirectory: directory }),
    ).rejects.toThrow('COUNTERSIGN_KEY_FILE')
    expect(await readdir(directory)).toEqual(['my.key'])
  })

  test.each(['', '   ', 'c2hvcnQ=', FIXED.slice(0, -1), `${FIXED}!`, `${FIXED} c2hvcnQ=`])(
    'what is no key is refused, and not shown: %j',
    async (key) => {
      const refused = withKey(key)
      await expect(refused).rejects.toThrow('openssl rand -base64 32')
      await expect(refused).rejects.not.toThrow(FIXED.slice(0, -1))
    },
  )

  test('a file that holds no key is not replaced', async () => {
    const file = join(directory, 'installation.key')
    await writeFile(file, '')
    await chmod(file, 0o600)
    await expect(openKeyRing({ key: null, keyFile: null, dataDirectory: directory })).rejects.toThrow(
      'is empty',
    )
    expect(await readFile(file, 'utf8')).toBe('')
  })
})

describe('sealing', () => {
  test('opens what it sealed, in its place only', async () => {
    const ring = await withKey(newKey())
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (secret, context) => {
        const sealed = ring.seal(secret, context)
        expect(ring.open(sealed, context)).toBe(secret)
        expect(() => ring.open(sealed, `${context}.`)).toThrow('altered or belongs elsewhere')
      }),
    )
  })

  test('the same secret never looks the same', async () => {
    const ring = await withKey(newKey())
    expect(ring.seal('secret', 'a').equals(ring.seal('secret', 'a'))).toBe(false)
  })

  test('any altered octet is noticed, and so is a shortened secret', async () => {
    const ring = await withKey(newKey())
    const sealed = ring.seal('the client secret', 'mailbox:1')
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => ring.open(altered, 'mailbox:1')).toThrow()
      expect(() => ring.open(sealed.subarray(0, at), 'mailbox:1')).toThrow()
    }
  })

  test('a key that is not at hand is named', async () => {
    const [old, current] = [newKey(), newKey()]
    const sealed = (await withKey(old)).seal('secret', 'a')
    const ring = await withKey(current)
    expect(() => ring.open(sealed, 'a')).toThrow(`used with key ${(await withKey(old)).keyId}`)
  })

  test('a replaced key still opens, and seals no more', async () => {
    const [old, current] = [newKey(), newKey()]
    const before = await withKey(old)
    const both = await withKey(`${current}\n${old}\n`)
    expect(both.open(before.seal('secret', 'a'), 'a')).toBe('secret')
    expect(both.keyId).toBe((await withKey(current)).keyId)
    expect(() => before.open(both.seal('secret', 'a'), 'a')).toThrow('used with key')
  })
})

describe('reply tokens', () => {
  test('16 lower-case base32 characters, the same for the same nonce', async () => {
    const ring = await withKey(newKey())
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const nonce = Buffer.from(bytes)
        expect(ring.replyToken(nonce)).toMatch(/^[a-z2-7]{16}$/)
        expect(ring.replyToken(nonce)).toBe(ring.replyToken(Buffer.from(nonce)))
      }),
    )
  })

  test('differ by nonce and by key', async () => {
    const ring = await withKey(newKey())
    const tokens = Array.from({ length: 1_000 }, () => ring.replyToken(randomBytes(16)))
    expect(new Set(tokens).size).toBe(1_000)
    const nonce = randomBytes(16)
    expect(ring.replyToken(nonce)).not.toBe((await withKey(newKey())).replyToken(nonce))
  })

  test('are made as before: mails that are out must stay answerable', async () => {
    const ring = await withKey(FIXED)
    const nonce = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
    expect(ring.keyId).toBe('4bb06f8e')
    expect(ring.replyToken(nonce)).toBe('e6a5autrqzj5ak2b')
    expect(ring.hashToken('e6a5autrqzj5ak2b')).toBe(
      createHash('sha256').update('e6a5autrqzj5ak2b').digest('hex'),
    )
    const rotated = await withKey(`${newKey()} ${FIXED}`)
    expect(rotated.replyToken(nonce, ring.keyId)).toBe('e6a5autrqzj5ak2b')
    expect(() => ring.replyToken(nonce, '00000000')).toThrow('used with key 00000000')
  })
})

test('the digest of a text is the same for the same text and key only', async () => {
  const key = newKey()
  const ring = await withKey(key)
  expect(ring.digestText('contoso ltd')).toMatch(/^[0-9a-f]{64}$/)
  expect(ring.digestText('contoso ltd')).toBe((await withKey(`${key} ${FIXED}`)).digestText('contoso ltd'))
  expect(ring.digestText('contoso ltd')).not.toBe(ring.digestText('contoso gmbh'))
  expect(ring.digestText('contoso ltd')).not.toBe((await withKey(FIXED)).digestText('contoso ltd'))
})
