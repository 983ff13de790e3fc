/** How many weeks the charts can go back. */
export const weekCounts = [4, 12, 26, 52] as const
export type WeekCount = (typeof weekCounts)[number]

/** What the page shows when its address does not say. */
export const usualWeeks: WeekCount = 12

/** The weeks that an address names, if it names some. */
export function weeksIn({ weeks }: Record<string, unknown>): { weeks?: WeekCount } {
  const found = weekCounts.find((count) => count === Number(weeks))
  return found === undefined ? {} : { weeks: found }
}
