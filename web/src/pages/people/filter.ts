/** What the list of people is filtered by; all of it stands in the address of the page. */
export interface Filter {
  search?: string
  role?: Role
  active?: 'true' | 'false'
}

export const roles = ['member', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** The filter in an address, without what is none. */
export function filterIn({ search, role, active }: Record<string, unknown>): Filter {
  const wanted = {
    // A name that looks like a number comes as one.
    search:
      String(search ?? '')
        .trim()
        .slice(0, 100) || undefined,
    role: roles.find((one) => one === role),
    active: (['true', 'false'] as const).find((one) => one === String(active ?? '')),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}
