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

/** As the API takes it. */
export const isAddress = (text: string) => text.trim().length >= 3 && text.length <= 254

/** `42` of `42` and `#42`; undefined of what is no number of a request. */
export function requestNumber(value: unknown): number | undefined {
  const number = Number(String(value ?? '').replace(/^\s*#/, ''))
  return Number.isInteger(number) && number >= 1 && number <= 2_147_483_647 ? number : undefined
}
