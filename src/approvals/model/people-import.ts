/** People and groups as an import brings them, checked: every address is folded and stands once. Types only. */

export interface ImportedPerson {
  address: string
  name: string
  locale: 'en' | 'fr'
  /** Primary address of the manager, who is one of the people. */
  manager: string | null
  aliases: string[]
  role: 'member' | 'auditor' | 'administrator'
  /** False for somebody who has left. */
  active: boolean
}

export interface ImportedGroup {
  name: string
  /** Primary addresses. */
  members: string[]
}

export interface PeopleImport {
  people: ImportedPerson[]
  groups: ImportedGroup[]
}
