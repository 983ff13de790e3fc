import { useTranslation } from 'react-i18next'
import { ChartPanel } from './charts/chart-panel.tsx'
import type { Week } from './dashboard.ts'
import { unitOf, useWritten } from './written.ts'

/** How long decisions took, week by week. */
export function TimePanel({ weeks }: { weeks: Week[] }) {
  const { t } = useTranslation('dashboard')
  const { day, duration, tick } = useWritten()
  const longest = Math.max(0, ...weeks.map(({ secondsToDecide }) => secondsToDecide?.p90 ?? 0))
  // One unit for all of the axis, so that its steps are round in it.
  const { unit, seconds } = unitOf(longest)
  const inUnit = (value: number | undefined) => (value === undefined ? null : value / seconds)
  return (
    <ChartPanel
      title={t('time.title')}
      kind="lines"
      empty={t('nothing-decided')}
      points={weeks.map(({ startsOn, secondsToDecide }) => ({
        name: day(startsOn),
        values: { p90: inUnit(secondsToDecide?.p90), median: inUnit(secondsToDecide?.median) },
      }))}
      series={[
        { key: 'p90', label: t('time.p90'), look: 'hatched' },
        { key: 'median', label: t('time.median'), look: 'full' },
      ]}
      write={(value) => duration(value * seconds)}
      writeTick={(value) => tick(value, unit)}
      columns={[t('week'), t('time.median'), t('time.p90')]}
      rows={weeks.map(({ startsOn, secondsToDecide }) => ({
        key: startsOn,
        cells: [
          day(startsOn),
          duration(secondsToDecide?.median ?? null),
          duration(secondsToDecide?.p90 ?? null),
        ],
      }))}
    />
  )
}
