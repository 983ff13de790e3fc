import { useTranslation } from 'react-i18next'
import { ChartPanel } from './charts/chart-panel.tsx'
import { sharesOf, type Week } from './dashboard.ts'
import { useWritten } from './written.ts'

/** How much was decided by mail, and how many replies were unclear, week by week. */
export function SharesPanel({ weeks }: { weeks: Week[] }) {
  const { t } = useTranslation('dashboard')
  const { count, day, share } = useWritten()
  return (
    <ChartPanel
      title={t('shares.title')}
      kind="lines"
      empty={t('shares.empty')}
      points={weeks.map((week) => ({ name: day(week.startsOn), values: { ...sharesOf(week) } }))}
      series={[
        { key: 'byMail', label: t('figure.by-mail'), look: 'full' },
        { key: 'askedBack', label: t('figure.asked-back'), look: 'hatched' },
      ]}
      write={share}
      writeTick={share}
      columns={[t('week'), t('figure.by-mail'), t('figure.asked-back'), t('shares.replies')]}
      rows={weeks.map((week) => {
        const { byMail, askedBack } = sharesOf(week)
        return {
          key: week.startsOn,
          cells: [day(week.startsOn), share(byMail), share(askedBack), count(week.replies)],
        }
      })}
    />
  )
}
