import type { KeptFile } from './attached-file.ts'
import type { FormField, Values } from './processes.ts'

/** What was typed into the form of a process and not sent yet. */
export interface Draft {
  /** By which the server knows a second sending for one. */
  key: string
  values: Values
  files: KeptFile[]
}

/** For this tab only, and for this person: whoever signs in after them does not see it. */
const placeOf = (owner: DraftOwner) => `countersign-draft ${owner.personId} ${owner.process}`

export interface DraftOwner {
  personId: string
  process: string
}

/** An empty form, to be sent under a new key. */
export function newDraft(fields: FormField[]): Draft {
  return {
    key: crypto.randomUUID(),
    values: Object.fromEntries(fields.map(({ name }) => [name, ''])),
    files: [],
  }
}

/** What was kept, as far as the form still has these fields; null when nothing was. */
export function keptDraft(owner: DraftOwner, fields: FormField[]): Draft | null {
  const kept = JSON.parse(sessionStorage.getItem(placeOf(owner)) ?? 'null') as Draft | null
  if (kept === null) return null
  const empty = newDraft(fields).values
  const values = Object.fromEntries(Object.keys(empty).map((name) => [name, kept.values[name] ?? '']))
  return { key: kept.key, values, files: kept.files }
}

export function keepDraft(owner: DraftOwner, draft: Draft): void {
  sessionStorage.setItem(placeOf(owner), JSON.stringify(draft))
}

export function dropDraft(owner: DraftOwner): void {
  sessionStorage.removeItem(placeOf(owner))
}
