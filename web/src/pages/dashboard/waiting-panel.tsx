import { useTranslation } from 'react-i18next'
import { ChartPanel } from './charts/chart-panel.tsx'
import type { Dashboard } from './dashboard.ts'
import { useWritten } from './written.ts'

/** What waits now, by how long it does. */
export function WaitingPanel({ waiting }: { waiting: Dashboard['waiting'] }) {
  const { t } = useTranslation('dashboard')
  const { count } = useWritten()
  const ages = waiting.byAge.map(({ fromDays: from, toDays: to, count }) => {
    const range = to === null ? 'over' : from === 0 ? 'under' : 'between'
    const days = { from, count: to ?? from }
    return { short: t(`age-short.${range}`, days), name: t(`age.${range}`, days), count }
  })
  return (
    <ChartPanel
      title={t('waiting.title')}
      kind="bars"
      empty={t('waiting.empty')}
      points={ages.map(({ short, count }) => ({ name: short, values: { count } }))}
      series={[{ key: 'count', label: t('waiting.count'), look: 'full' }]}
      write={count}
      columns={[t('waiting.age'), t('waiting.count')]}
      rows={ages.map((age) => ({ key: age.name, cells: [age.name, count(age.count)] }))}
    />
  )
}
