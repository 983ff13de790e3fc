import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import { grid, xAxis, yAxis } from './axes.ts'
import { CHART_HEIGHT, type Drawing } from './chart.ts'
import { hintOf } from './hint.tsx'
import { colourOf, dashesOf, dotOf } from './look.tsx'

/** A line for each series; where a point has no value there is a gap. */
export default function Lines(drawing: Drawing) {
  const { points, series, writeTick } = drawing
  return (
    <LineChart
      responsive
      accessibilityLayer={false}
      data={points}
      width="100%"
      height={CHART_HEIGHT}
      margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...grid} />
      <XAxis {...xAxis} />
      <YAxis {...yAxis} domain={[0, 'auto']} {...(writeTick && { tickFormatter: writeTick })} />
      <Tooltip content={hintOf(drawing)} cursor={{ stroke: 'var(--line)' }} isAnimationActive={false} />
      {series.map(({ key, look }) => (
        <Line
          key={key}
          name={key}
          dataKey={({ values }) => values[key]}
          stroke={colourOf(look)}
          strokeWidth={2}
          strokeDasharray={dashesOf(look)}
          dot={{ r: 3, fill: dotOf(look), strokeDasharray: 'none' }}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  )
}
