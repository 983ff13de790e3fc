import { useTranslation } from 'react-i18next'
import { ChartPanel } from './charts/chart-panel.tsx'
import { decisionsOf, doors, type Week } from './dashboard.ts'
import { useWritten } from './written.ts'

const looks = { mail: 'full', portal: 'hatched', api: 'dotted' } as const

/** How many decisions were made, week by week, and which way they came. */
export function DoorsPanel({ weeks }: { weeks: Week[] }) {
  const { t } = useTranslation('dashboard')
  const { count, day } = useWritten()
  return (
    <ChartPanel
      title={t('doors.title')}
      kind="bars"
      empty={t('nothing-decided')}
      points={weeks.map(({ startsOn, decisions }) => ({ name: day(startsOn), values: decisions }))}
      series={doors.map((door) => ({ key: door, label: t(`door.${door}`), look: looks[door] }))}
      write={count}
      columns={[t('week'), ...doors.map((door) => t(`door.${door}`)), t('doors.all')]}
      rows={weeks.map((week) => ({
        key: week.startsOn,
        cells: [
          day(week.startsOn),
          ...doors.map((door) => count(week.decisions[door])),
          count(decisionsOf(week)),
        ],
      }))}
    />
  )
}
