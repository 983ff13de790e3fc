import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../../lib/app-error.ts'

/**
 * scrypt with N = 2^15, r = 8, p = 3: 32 MiB and some 200 ms, one of the settings that OWASP's Password Storage Cheat
 * Sheet counts as equal. They stand in each hash, so that they can be raised without anybody setting a password anew.
 */
const now = { logN: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const KEY_BYTES = 32

/** Two leave half of Node's threads to files and names; more waiting than this is an attack. */
const MOST_AT_ONCE = 2
const MOST_WAITING = 40

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
let running = 0
const waiting: (() => void)[] = []

/** What is stored of a password: `scrypt$logN$r$p$salt$digest`. Throws `too-busy`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const digest = await digestOf(password, salt, now)
  return ['scrypt', now.logN, now.r, now.p, salt.toString('base64url'), digest.toString('base64url')].join(
    '$',
  )
}

/**
 * Whether it is the password that was hashed. Takes as long, and is false, where there is no hash: whether somebody has
 * an account does not show. Throws `too-busy`.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, logN, r, p, salt = '', digest = ''] = (hash ?? nobodys).split('$')
  const settings = { logN: Number(logN), r: Number(r), p: Number(p) }
  const given = await digestOf(password, Buffer.from(salt, 'base64url'), settings)
  return timingSafeEqual(given, Buffer.from(digest, 'base64url')) && hash !== null
}

const nobodys = [
  'scrypt',
  now.logN,
  now.r,
  now.p,
  Buffer.alloc(SALT_BYTES).toString('base64url'),
  Buffer.alloc(KEY_BYTES).toString('base64url'),
].join('$')

async function digestOf(password: string, salt: Buffer, { logN, r, p }: typeof now): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING) throw new AppError('too-busy')
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    // Twice what it needs (RFC 7914: 128 · N · r bytes); Node's own limit would refuse it.
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r }
    // Keyboards write one letter in several ways (RFC 8265: compare what is the same to the eye).
    return await derive(password.normalize('NFC'), salt, KEY_BYTES, options)
  } finally {
    // The next one takes the place over.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
