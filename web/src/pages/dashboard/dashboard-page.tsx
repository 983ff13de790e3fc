import { Group, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Page } from '../../parts/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { BudgetPanel } from './budget-panel.tsx'
import { type Dashboard, dashboardQuery, decisionsOf } from './dashboard.ts'
import classes from './dashboard-page.module.css'
import { DoorsPanel } from './doors-panel.tsx'
import { Figures } from './figures.tsx'
import { MailboxesPanel } from './mailboxes-panel.tsx'
import { NoMailbox } from './no-mailbox.tsx'
import { NothingAsked } from './nothing-asked.tsx'
import { SharesPanel } from './shares-panel.tsx'
import { TimePanel } from './time-panel.tsx'
import { WaitingPanel } from './waiting-panel.tsx'
import { usualWeeks, type WeekCount, weekCounts, weeksIn } from './weeks.ts'

/** How the installation does, at a glance; it looks again by itself. */
export function DashboardPage() {
  const { t, i18n } = useTranslation('dashboard')
  const weeks = useWeeks()
  const { data, error, refetch } = useQuery(dashboardQuery(weeks, i18n.language))
  return (
    <Page title={t('title')}>
      {data ? (
        <>
          {error && (
            <Callout kind="failed" mb="md" role="alert">
              {t('stale')} <RelativeTime at={data.at} />
            </Callout>
          )}
          {data.mailboxes.length === 0 ? <NoMailbox /> : <Content dashboard={data} />}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

/** How many weeks the address asks for. */
function useWeeks(): WeekCount {
  const { weeks = usualWeeks } = useSearch({ from: '/shell/dashboard' })
  return weeks
}

function Weeks() {
  const { t } = useTranslation('dashboard')
  const weeks = useWeeks()
  const navigate = useNavigate()
  return (
    <NativeSelect
      aria-label={t('weeks.label')}
      value={weeks}
      onChange={({ currentTarget }) =>
        void navigate({
          to: '/dashboard',
          search: weeksIn({ weeks: currentTarget.value }),
          replace: true,
          resetScroll: false,
        })
      }
      data={weekCounts.map((count) => ({ value: String(count), label: t('weeks.last', { count }) }))}
    />
  )
}

function Content({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation('dashboard')
  const { mailboxes, waiting, weeks, before } = dashboard
  const isNew = waiting.count === 0 && waiting.before === 0 && [...weeks, before].every(isQuiet)
  return (
    <div className={classes.parts}>
      <MailboxesPanel mailboxes={mailboxes} />
      {isNew ? (
        <NothingAsked />
      ) : (
        <>
          <div>
            <Text c="dimmed" size="sm" mb="xs">
              {t('lead')}
            </Text>
            <Figures {...dashboard} />
          </div>
          <div className={classes.charts}>
            <WaitingPanel waiting={waiting} />
            <BudgetPanel mailboxes={mailboxes} />
          </div>
          <div>
            <Group justify="space-between" mb="sm" gap="xs">
              <Text c="dimmed" size="sm">
                {t('lead-weeks')}
              </Text>
              <Weeks />
            </Group>
            <div className={classes.charts}>
              <div className={classes.wide}>
                <DoorsPanel weeks={weeks} />
              </div>
              <TimePanel weeks={weeks} />
              <SharesPanel weeks={weeks} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}

function isQuiet(span: Dashboard['lately']): boolean {
  return decisionsOf(span) === 0 && span.replies === 0
}
