import { readFileSync } from 'node:fs'

/** A file of `test/fixtures/certificates`, as text or in another encoding. */
export function certificateFile(name: string, encoding: 'utf8' | 'base64' = 'utf8'): string {
  return readFileSync(new URL(`../fixtures/certificates/${name}`, import.meta.url), encoding)
}

/** That of the fixtures which have one. */
export const certificatePassword = 'correct horse'
