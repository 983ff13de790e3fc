import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import { grid, xAxis, yAxis } from './axes.ts'
import { CHART_HEIGHT, type Drawing } from './chart.ts'
import { hintOf } from './hint.tsx'
import { colourOf, fillOf, Patterns } from './look.tsx'

/** Bars, the series of one point upon another. */
export default function Bars(drawing: Drawing) {
  const { points, series, writeTick } = drawing
  const id = useId()
  return (
    <BarChart
      responsive
      accessibilityLayer={false}
      data={points}
      width="100%"
      height={CHART_HEIGHT}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
    >
      <Patterns id={id} />
      <CartesianGrid {...grid} />
      <XAxis {...xAxis} />
      <YAxis {...yAxis} allowDecimals={false} {...(writeTick && { tickFormatter: writeTick })} />
      <Tooltip
        content={hintOf(drawing)}
        cursor={{ fill: 'var(--ground-quiet)', stroke: 'none' }}
        isAnimationActive={false}
      />
      {series.map(({ key, look }) => (
        <Bar
          key={key}
          name={key}
          dataKey={({ values }) => values[key]}
          stackId="all"
          fill={fillOf(look, id)}
          stroke={colourOf(look)}
          maxBarSize={48}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  )
}
