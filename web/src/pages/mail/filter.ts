import { isAddress, requestNumber } from '../../parts/filter-values.ts'

/** What the mail log is filtered by; all of it stands in the address of the page. */
export interface Filter {
  direction?: Direction
  standing?: Standing
  person?: string
  request?: number
}

export const directions = ['inbound', 'outbound'] as const
export type Direction = (typeof directions)[number]

/** In the order in which they are offered: what needs somebody, what went well, what needs nobody. */
export const standings = [
  'held',
  'rejected',
  'dead',
  'bounced',
  'waiting-for-budget',
  'waiting',
  'asked-back',
  'decided',
  'noted',
  'sent',
  'ignored',
  'cancelled',
] as const
export type Standing = (typeof standings)[number]

/** The filter in an address, without what is none. */
export function filterIn({ direction, standing, person, request }: Record<string, unknown>): Filter {
  const wanted = {
    direction: directions.find((one) => one === direction),
    standing: standings.find((one) => one === standing),
    person: typeof person === 'string' && isAddress(person) ? person : undefined,
    request: requestNumber(request),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}
