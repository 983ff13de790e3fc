/** One row of a chart's values: its place on the axis, and a value for each series. */
export interface Point {
  name: string
  values: Record<string, number | null>
}

/** Values of one kind, drawn alike; which of the looks says it without colour, too. */
export interface Series {
  key: string
  label: string
  look: Look
}

export type Look = 'full' | 'hatched' | 'dotted'

/** What a drawing is given. `write` tells a value in words, `writeTick` at the axis. */
export interface Drawing {
  points: Point[]
  series: Series[]
  write: (value: number) => string
  writeTick?: (value: number) => string
}

export const CHART_HEIGHT = 220
