import { FILE_NAME_LIMIT } from './file-limits.ts'

/** Controls, and marks that are invisible or reorder what is read: `exe.pdf` may end in something else. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * The name of a file as it is kept: the last part of a path, without controls and invisible marks, in NFC. What is no
 * name at all becomes `file`. Bounded by its input.
 */
export function cleanFileName(given: string): string {
  const parts = given
    .normalize('NFC')
    .replace(unseen, '')
    .split(/[/\\]/)
    .map((part) => part.trim())
  // To compose letters can make a name longer.
  const name = (parts.findLast((part) => part !== '') ?? '').slice(0, FILE_NAME_LIMIT).toWellFormed()
  return /^\.*$/.test(name) ? 'file' : name
}

/**
 * A media type as it was declared (RFC 9110, 8.3.1), in lower case and without parameters; of what is none,
 * `application/octet-stream`.
 */
export function declaredType(contentType: string | undefined): string {
  const essence = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/.test(essence)
    ? essence
    : 'application/octet-stream'
}
