/** How the axes of all drawings look. */
const tick = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 }

export const xAxis = {
  dataKey: 'name',
  tick,
  tickLine: false,
  axisLine: { stroke: 'var(--line)' },
  tickMargin: 6,
  minTickGap: 12,
} as const

export const yAxis = { tick, tickLine: false, axisLine: false, width: 'auto' } as const

export const grid = { vertical: false, stroke: 'var(--line)' } as const
