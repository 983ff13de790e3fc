import { foldWord } from './columns.ts'

/** A value that a cell may have, by how people write it; null for what is none of them. */
type Reads<Value> = (cell: string) => Value | null

function oneOf<Value>(written: [Value, string[]][]): Reads<Value> {
  const values = new Map(written.flatMap(([value, words]) => words.map((word) => [word, value] as const)))
  return (cell) => values.get(foldWord(cell)) ?? null
}

export const readRole = oneOf<'member' | 'auditor' | 'administrator'>([
  ['member', ['member', 'membre', 'user', 'utilisateur', 'utilisatrice']],
  ['auditor', ['auditor', 'auditeur', 'auditrice']],
  ['administrator', ['administrator', 'admin', 'administrateur', 'administratrice']],
])

export const readLocale = oneOf<'en' | 'fr'>([
  ['en', ['en', 'engb', 'enus', 'enca', 'english', 'anglais']],
  ['fr', ['fr', 'frfr', 'frca', 'frbe', 'frch', 'french', 'francais']],
])

export const readActive = oneOf<boolean>([
  [true, ['yes', 'y', 'true', '1', 'active', 'oui', 'o', 'vrai', 'actif', 'x']],
  [false, ['no', 'n', 'false', '0', 'inactive', 'left', 'non', 'faux', 'inactif', 'parti', 'partie']],
])

/** Several in one cell. Addresses hold none of these signs; the names of groups may hold a comma. */
export const readList = (cell: string, separators: RegExp): string[] => [
  ...new Set(
    cell
      .split(separators)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
]

export const betweenAddresses = /[|;,\s]+/
export const betweenGroups = /[|;\r\n]+/
