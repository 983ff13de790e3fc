/**
 * The steps of the doctor in the order in which they are taken, whichever of them a mailbox has: first the way there, then
 * what may be done, then mail, and last what will end.
 */
export const order = [
  'token-server',
  'mailbox-server',
  'smtp-server',
  'token',
  'clock',
  'role',
  'login',
  'ews-policy',
  'read-mailbox',
  'other-mailbox',
  'processed-folder',
  'junk',
  'smtp-login',
  'send',
  'sent-copy',
  'round-trip',
  'plus-address',
  'credential',
  'ews-end',
  'push',
] as const

/** Sorts steps into that order. Throws on one that is not in it. */
export function inOrder<Step extends { id: string }>(steps: readonly Step[]): Step[] {
  const rank = ({ id }: Step) => {
    const place = order.indexOf(id as (typeof order)[number])
    if (place === -1) throw new Error(`The doctor knows no step ${id}`)
    return place
  }
  return [...steps].sort((a, b) => rank(a) - rank(b))
}
