import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, 43 characters that cookies and addresses carry as they are. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of one: nobody guesses 256 bits, so a plain SHA-256 protects it. */
export const hashSecretToken = (token: string): string => createHash('sha256').update(token).digest('hex')
