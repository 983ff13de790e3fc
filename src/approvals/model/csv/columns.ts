/** What the columns of a file of people may be called, in English and French, as directories and spreadsheets write them. */

export type ColumnName = 'address' | 'name' | 'locale' | 'manager' | 'aliases' | 'role' | 'active' | 'groups'

const names: Record<ColumnName, string[]> = {
  address: [
    ...[
      'address',
      'email',
      'mail',
      'emailaddress',
      'mailaddress',
      'primarysmtpaddress',
      'userprincipalname',
      'upn',
    ],
    ...['adresse', 'adresseemail', 'adressemail', 'adresseelectronique', 'courriel', 'adressedemessagerie'],
  ],
  name: ['name', 'fullname', 'displayname', 'nom', 'nomcomplet', 'nomaffiche', 'nomdaffichage'],
  locale: ['language', 'locale', 'preferredlanguage', 'langue', 'languepreferee'],
  manager: ['manager', 'manageraddress', 'manageremail', 'responsable', 'adresseduresponsable', 'superieur'],
  aliases: ['aliases', 'alias', 'otheraddresses', 'otheraddress', 'proxyaddresses', 'autresadresses'],
  role: ['role'],
  active: ['active', 'accountenabled', 'enabled', 'actif', 'active?', 'present', 'compteactive'],
  groups: ['groups', 'group', 'groupes', 'groupe'],
}

const byName = new Map(
  Object.entries(names).flatMap(([column, written]) =>
    written.map((name) => [name, column as ColumnName] as const),
  ),
)

/** What the cells of a column hold, by what it is called; null for one that is not read. */
export function columnCalled(name: string): ColumnName | null {
  return byName.get(foldWord(name)) ?? null
}

/** A word as it is compared here: accents, capitals and everything but letters and digits do not count. */
export function foldWord(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
