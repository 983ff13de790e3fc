/**
 * Where a message lies: folder, UIDVALIDITY and UID together never mean another message (RFC 9051, 2.3.1.1). Written
 * `INBOX:1795604459:42`.
 */
export interface Place {
  /** Path of the folder; it may hold colons. */
  path: string
  uidValidity: bigint
  uid: number
}

export function writeProviderId({ path, uidValidity, uid }: Place): string {
  return `${path}:${uidValidity}:${uid}`
}

/** Reads a provider id; null when it is not one of ours (another mailbox type's, say). */
export function readProviderId(providerId: string): Place | null {
  const [, path, uidValidity, uid] = /^(.+):(\d{1,10}):(\d{1,10})$/s.exec(providerId) ?? []
  if (path === undefined || uidValidity === undefined) return null
  return { path, uidValidity: BigInt(uidValidity), uid: Number(uid) }
}

/** Messages of one folder, as long as its UIDVALIDITY holds. */
export interface PlaceGroup {
  path: string
  uidValidity: bigint
  uids: number[]
}

/** The places by folder, in the order in which the folders first appear. */
export function groupByFolder(places: Place[]): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup>()
  for (const { path, uidValidity, uid } of places) {
    const key = `${path}:${uidValidity}`
    const group = groups.get(key) ?? { path, uidValidity, uids: [] }
    groups.set(key, group)
    group.uids.push(uid)
  }
  return [...groups.values()]
}
