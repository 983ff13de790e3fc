/** Message-IDs in order, with their angle brackets; a lone id without brackets (some clients) is given them. */
export function messageIds(value: string | null): string[] {
  if (value === null) return []
  const bracketed = value.match(/<[^<>\s]+>/g)
  if (bracketed !== null) return bracketed
  return /^[^<>\s@]+@[^<>\s@]+$/.test(value) ? [`<${value}>`] : []
}
